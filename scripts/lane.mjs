// A lane of the test suite: steps one after the other, each of parts that run at the same time.
import { isToEnd } from "./child.mjs";

/**
 * Runs the steps of a lane, and gives what each of its parts came to. Once somebody has asked us to end, no step is begun
 * any more: what was not begun has failed.
 */
export async function runLane(steps, runPart, isEnded = isToEnd) {
  const counts = [];
  for (const step of steps) {
    const parts = [step].flat();
    counts.push(...(isEnded() ? parts.map(notBegun) : await Promise.all(parts.map(runPart))));
  }
  return counts;
}

function notBegun({ name }) {
  return { passed: 0, failed: 1, failures: [`${name} was not begun`] };
}
