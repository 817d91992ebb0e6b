import type { CountedTogether } from "@ithaca/domain";

/** What became of the promises of the desk's cases, as it was counted when it happened. */
export interface Attainment {
  /**
   * The counts of the months [from, to], both such as "2026-11" (UTC) and both counted; in no order, and what is counted
   * under the same headings can come in several parts.
   */
  counted(from: string, to: string): Promise<CountedTogether[]>;
}
