// What the scripts say on the terminal: a step with its seconds, or one message that says what went wrong and what to do.
import process from "node:process";

/** An expected end: its message says what is wrong and what to do about it; no stack trace is shown. */
export class Stop extends Error {}

/** Says what is being done, does it, and says how long it took; `succeeded` tells from its result how it went. */
export async function step(name, work, succeeded = () => true) {
  process.stderr.write(`· ${name} …\n`);
  const startedAt = Date.now();
  const result = await work();
  const sign = succeeded(result) ? "✓" : "✗";
  process.stderr.write(`${sign} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`);
  return result;
}

/** The one message of a failed command. */
export function fail(message) {
  process.stderr.write(`✗ ${message}\n`);
}
