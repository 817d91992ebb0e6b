import type { Verdict } from "./judge-mutants.ts";

const LAW_WIDTH = 16;
const COUNT_WIDTH = 9;
const SURVIVED = "none: survived";

/** How many mutants each law caught, in which world: the lines of a table. */
export function verdictTable(verdicts: readonly Pick<Verdict, "law" | "world">[], worlds: number): string[] {
  const numbers = Array.from({ length: worlds }, (_, at) => at + 1);
  const row = (name: string, cells: readonly (number | string)[]) =>
    `${name.padEnd(LAW_WIDTH)}${cells.map((cell) => String(cell).padStart(COUNT_WIDTH)).join("")}`;
  const counts = (some: typeof verdicts) => [
    ...numbers.map((number) => some.filter(({ world }) => world === number).length),
    some.length,
  ];
  const laws = [...new Set(verdicts.map(({ law }) => law))];
  const byLaw = laws.map((law) => [law ?? SURVIVED, verdicts.filter((verdict) => verdict.law === law)] as const);
  const sorted = byLaw.sort(([, a], [, b]) => b.length - a.length);
  return [
    row("law", [...numbers.map((number) => `world ${number}`), "all"]),
    ...sorted.map(([law, some]) => row(law, counts(some))),
    row("all", counts(verdicts)),
  ];
}
