import { startDesk } from "./desk.ts";
import type { StartOptions } from "./options.ts";

/** Brings a desk up, carries the sample through, and stops everything. */
export async function runOnce({ dataDir, fresh, port }: StartOptions, write: (line: string) => void): Promise<void> {
  const desk = await startDesk({ dataDir, fresh, ...(port === undefined ? {} : { port }), write });
  await desk.stop();
}
