import type { Desk } from "./desk.ts";

/** Sends one message as a customer and follows its case until it is acknowledged and its timer is armed. */
export async function runSample(desk: Desk, write: (line: string) => void): Promise<void> {
  write(`sample: not yet (${desk.apiUrl})`);
}
