import type { Projection } from "@ithaca/domain";
import { countKey, countKeys, NO_TEAM } from "../keys.ts";
import type { AgentCounts, CaseCounts, TeamCounts } from "../ports/cases.ts";
import type { Item, Table, Where, Write } from "../table/table.ts";

/** What a team's cases are counted as, and an agent's. */
const TEAM_COUNTS: readonly (keyof TeamCounts)[] = ["active", "atRisk", "unassigned", "waiting", "done"];
const AGENT_COUNTS: readonly (keyof AgentCounts)[] = ["active", "waiting"];

/** A change of the counts in one item. */
export type CountWrite = Extract<Write, { readonly addTo: unknown }>;

/**
 * The change of the counts that goes with a change of a case, in the same transaction: nothing is counted on read, and
 * a transaction that is repeated fails on its version and counts nothing. None when no list gains or loses the case.
 */
export function countWrite(caseId: string, before: Projection | undefined, after: Projection): CountWrite | undefined {
  const amounts: Record<string, number> = {};
  const add = (names: readonly string[], by: number) => {
    for (const name of names) amounts[name] = (amounts[name] ?? 0) + by;
  };
  add(before === undefined ? [] : countedAs(before), -1);
  add(countedAs(after), 1);
  return withoutNothing({ addTo: countKey(caseId), amounts })[0];
}

/** The changes of counts that a transaction of several cases makes, one for each item: it may write each only once. */
export function addedUp(changes: readonly CountWrite[]): CountWrite[] {
  const items = new Map<string, CountWrite>();
  for (const change of changes) {
    const name = `${change.addTo.pk} ${change.addTo.sk}`;
    const { addTo, amounts } = items.get(name) ?? { addTo: change.addTo, amounts: {} };
    const sums = Object.entries(change.amounts).map(([count, by]) => [count, (amounts[count] ?? 0) + by]);
    items.set(name, { addTo, amounts: { ...amounts, ...Object.fromEntries(sums) } });
  }
  return [...items.values()].flatMap(withoutNothing);
}

/** A change that comes to nothing is none. */
function withoutNothing({ addTo, amounts }: CountWrite): CountWrite[] {
  const moved = Object.entries(amounts).filter(([, by]) => by !== 0);
  return moved.length === 0 ? [] : [{ addTo, amounts: Object.fromEntries(moved) }];
}

/**
 * A case that was last written before cases were counted is in no count. The first write that counts it goes by this
 * condition, which it ends: whoever counts the same case at the same time finds that it moved on.
 */
export function ifAsCounted(before: Projection | undefined): Where {
  return before === undefined || isCounted(before) ? {} : { "projection.atRisk": { isAbsent: true } };
}

/** Whether a case is in the counts. */
export function isCounted({ atRisk }: Projection): boolean {
  return atRisk !== undefined;
}

/** The counts that a case is in. */
function countedAs(projection: Projection): string[] {
  if (!isCounted(projection)) return [];
  const { team = NO_TEAM, category, atRisk = false, assigneeId } = projection;
  const isActive = category === "active";
  return [
    teamCount(team, category),
    ...(isActive && atRisk ? [teamCount(team, "atRisk")] : []),
    ...(isActive && assigneeId === undefined ? [teamCount(team, "unassigned")] : []),
    ...(category !== "done" && assigneeId !== undefined ? [agentCount(assigneeId, category)] : []),
  ];
}

function teamCount(team: string, of: keyof TeamCounts): string {
  return `team:${team}:${of}`;
}

function agentCount(agentId: string, of: keyof AgentCounts): string {
  return `agent:${agentId}:${of}`;
}

/** The teams that ever had a case which was counted: more than a policy has, when it removed one. */
export async function readCountedTeams(table: Table): Promise<string[]> {
  const items = await table.getMany(countKeys());
  const codes = items.flatMap((item) => Object.keys(item).flatMap((name) => TEAM_COUNT.exec(name)?.[1] ?? []));
  return [...new Set(codes)].filter((code) => code !== NO_TEAM).toSorted();
}

const TEAM_COUNT = /^team:(.+):[^:]+$/;

/** The counts of some teams and of one agent, as they were kept: one read of the items that hold them. */
export async function readCounts(table: Table, teams: readonly string[], agentId: string): Promise<CaseCounts> {
  const items = await table.getMany(countKeys());
  const sum = (name: string) => items.reduce((total, item: Item) => total + Number(item[name] ?? 0), 0);
  const sums = <Name extends string>(names: readonly Name[], counter: (name: Name) => string) =>
    Object.fromEntries(names.map((name) => [name, sum(counter(name))])) as Record<Name, number>;

  return {
    teams: Object.fromEntries(teams.map((team) => [team, sums(TEAM_COUNTS, (of) => teamCount(team, of))])),
    mine: sums(AGENT_COUNTS, (of) => agentCount(agentId, of)),
  };
}
