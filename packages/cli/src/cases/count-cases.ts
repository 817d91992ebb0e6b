import type { Client, JsonAnswerOf } from "@ithaca/client";
import { type JsonChoice, show } from "../output/json.ts";
import { type Column, writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

type Counts = JsonAnswerOf<"count-cases">["untriaged"];
type Row = Counts & { readonly of: string };

/** Shows how many cases are in each list of each team, and how many are the caller's. */
export async function countCases(world: World, client: Client, json: JsonChoice): Promise<void> {
  const counts = await client.cases.counts();
  show(world, json, counts, () => {
    const rows: Row[] = counts.teams.map(({ team, ...rest }) => ({ of: team, ...rest }));
    if (counts.untriaged.active > 0) rows.push({ of: "no team yet", ...counts.untriaged });
    writeTable(world.out, COLUMNS, rows);
    const { active, waiting } = counts.mine;
    if (world.out.isTerminal) world.out.write(`\nYours: ${active} active, ${waiting} waiting.\n`);
  });
}

const COLUMNS: Column<Row>[] = [
  { head: "TEAM", cell: ({ of }) => of },
  { head: "OPEN", cell: ({ active }) => String(active) },
  { head: "AT RISK", cell: ({ atRisk }) => String(atRisk) },
  { head: "UNASSIGNED", cell: ({ unassigned }) => String(unassigned) },
  { head: "WAITING", cell: ({ waiting }) => String(waiting) },
  { head: "RESOLVED", cell: ({ done }) => String(done) },
];
