import {
  type CycleUnder,
  type PreviewResult,
  type PreviewSummary,
  type Tally,
  toIso,
  type WorkedExample,
} from "@ithaca/domain";
import type { Moments } from "../output/moment.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

/** So many accounts are listed, those with most changes. */
const ACCOUNTS_SHOWN = 20;

interface Row extends Tally {
  readonly by: string;
  readonly name: string;
}

/** Shows what a proposal would have changed: the sums by each kind of group, and ten worked examples. */
export function writePreview(world: World, result: PreviewResult, moments: Moments): void {
  const { summary, examples } = result;
  if (summary.cases + summary.unreckoned === 0) {
    const [from, until] = [toIso(result.from), toIso(result.until)];
    world.err.write(
      `No case was opened from ${from} to ${until}: nothing would change. Look further back with --over.\n`,
    );
    return;
  }
  writeTable(world.out, COLUMNS, rowsOf(summary));
  if (!world.out.isTerminal) return;
  const { dateAndTime } = moments;
  const range = `opened from ${dateAndTime(toIso(result.from))} to ${dateAndTime(toIso(result.until))}`;
  world.out.write(`\n${summary.casesChanged} of ${summary.cases} cases ${range} would have changed.\n`);
  if (summary.leftOut > 0) {
    world.out.write(`${summary.leftOut} times somebody gave a team or a priority that the proposal does not have.\n`);
  }
  if (summary.unreckoned > 0) {
    world.out.write(`${summary.unreckoned} cases could not be reckoned by one of the two, and are in no sum.\n`);
  }
  for (const example of examples) writeExample(world, example, moments);
}

const COLUMNS: Column<Row>[] = [
  { head: "BY", cell: ({ by }) => by },
  { head: "", cell: ({ name }) => name },
  { head: "CYCLES", cell: ({ cycles }) => String(cycles) },
  { head: "EARLIER", cell: ({ dueEarlier }) => String(dueEarlier) },
  { head: "LATER", cell: ({ dueLater }) => String(dueLater) },
  { head: "BREACHES +", cell: ({ breachesGained }) => String(breachesGained) },
  { head: "BREACHES -", cell: ({ breachesLost }) => String(breachesLost) },
  { head: "PROMISES +", cell: ({ promisesGained }) => String(promisesGained) },
  { head: "PROMISES -", cell: ({ promisesLost }) => String(promisesLost) },
];

function rowsOf(summary: PreviewSummary): Row[] {
  const by = (name: string, group: Readonly<Record<string, Tally>>): Row[] =>
    Object.entries(group)
      .map(([of, tally]) => ({ by: name, name: of, ...tally }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const accounts = by("account", summary.byAccount)
    .toSorted((a, b) => changesOf(b) - changesOf(a))
    .slice(0, ACCOUNTS_SHOWN);
  return [
    { by: "all", name: "", ...summary.all },
    ...by("metric", summary.byMetric),
    ...by("priority", summary.byPriority),
    ...by("team", summary.byTeam),
    ...by("month", summary.byMonth),
    ...accounts,
    ...(summary.otherAccounts.cycles > 0 ? [{ by: "account", name: "all others", ...summary.otherAccounts }] : []),
  ];
}

function changesOf(tally: Tally): number {
  return tally.dueEarlier + tally.dueLater + tally.promisesGained + tally.promisesLost;
}

function writeExample(world: World, example: WorkedExample, moments: Moments): void {
  const { caseId, key, kind, before, after, explanation } = example;
  const [metric = ""] = key.split(" ");
  world.out.write(`\nCase ${caseId.replace(/^case_/, "")}, ${metric}: ${kind.replace("-", " ")}\n`);
  world.out.write(`  now       ${underText(before, moments)}\n`);
  for (const line of explanation.before) world.out.write(`            ${line}\n`);
  world.out.write(`  proposed  ${underText(after, moments)}\n`);
  for (const line of explanation.after) world.out.write(`            ${line}\n`);
}

function underText(under: CycleUnder | undefined, { dateAndTime, zone }: Moments): string {
  if (under === undefined) return "nothing is promised";
  return `due ${dateAndTime(toIso(under.dueAt))} (${zone}), ${under.outcome}, ${under.team}`;
}
