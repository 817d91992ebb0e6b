import type { Store } from "@ithaca/store";

const MICROSECONDS_IN_MS = 1_000;

/**
 * Adds up the processor time that is a table's own, in milliseconds, so that it can be left out: it is AWS's there. A table
 * in memory answers before it gives way to anybody, so that the time of a call is its own.
 */
export function tableCpuMs(table: Store["table"]): { sum: number } {
  const spent = { sum: 0 };
  for (const name of ["get", "getMany", "query", "put", "update", "transact"] as const) {
    const inner = table[name] as (...given: unknown[]) => Promise<unknown>;
    Object.assign(table, {
      [name]: (...given: unknown[]) => {
        const before = process.cpuUsage();
        const answer = inner(...given);
        const { user, system } = process.cpuUsage(before);
        spent.sum += (user + system) / MICROSECONDS_IN_MS;
        return answer;
      },
    });
  }
  return spent;
}
