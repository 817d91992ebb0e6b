import { type Case, evolve, type Fact, type FactOf, MINUTE_MS } from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import type { CaseHistory } from "./history.ts";
import { stops } from "./pauses.ts";
import { type OnHours, recountedDue, type Stood } from "./recount.ts";

/** One case in so many is counted again, by its number, and at most so many clocks of a world. */
const CASES_EACH = 10;
const CLOCKS_MAX = 150;
const DIGIT = 10;
/** Who could not read the rules went by older ones for so long. */
const REMEMBERED_MS = 21 * MINUTE_MS;

type Timeline = Awaited<ReturnType<Store["rules"]["timeline"]>>;
type Named = { readonly metric: string; readonly cycle: number };

/** A clock of one promise that nothing moved: how it began, when it stood, and what became of it. */
interface Plain {
  readonly caseId: string;
  readonly started: FactOf<"ClockStarted">;
  readonly stood: readonly Stood[];
  readonly ended: FactOf<"ClockBreached" | "ClockStopped" | "ClockCancelled"> | undefined;
}

/**
 * Law 4, by another reckoning than the desk's: what a sample of clocks came to is what walking over them minute by minute
 * says. Those that were retargeted, reopened or moved by a policy are for test/sla, where the oracle knows them too.
 */
export function openRecountLaw(violated: (law: string, what: string) => void) {
  async function judge(plain: Plain, timeline: Timeline, store: Store, now: number): Promise<void> {
    const { caseId, started, stood, ended } = plain;
    const { metric, cycle, segment } = started;
    const last = ended?.at ?? now;
    if (isBlurred(segment, timeline, last)) return;
    const due = recountedDue(segment, await hoursOf(segment, timeline, store), stood, last);
    const told = `${caseId} ${metric} ${cycle} is due ${nameOf(due)} when it is counted again, and `;
    if (ended?.type === "ClockBreached" && ended.dueAt !== due)
      violated("recount", `${told}was breached at ${nameOf(ended.dueAt)}`);
    if (ended?.type !== "ClockBreached" && due !== undefined && due < last - (ended === undefined ? REMEMBERED_MS : 0))
      violated("recount", `${told}was not breached by ${nameOf(last)}`);
  }

  return {
    async atEnd(store: Store, cases: Iterable<CaseHistory>, now: number): Promise<void> {
      const timeline = await store.rules.timeline();
      const sampled = [...cases].filter(({ state }) => Math.floor(Number(state.number) / DIGIT) % CASES_EACH === 0);
      const plain = sampled.flatMap(plainClocks).slice(0, CLOCKS_MAX);
      for (const one of plain) await judge(one, timeline, store, now);
    },
  };
}

/** Whether rules changed so shortly before the end that nobody knows who knew, or a policy moved what was unfinished. */
function isBlurred({ from: began, calendar }: Plain["started"]["segment"], timeline: Timeline, last: number): boolean {
  const versions = [...timeline.policy, ...(calendar === undefined ? [] : (timeline.calendars[calendar.id] ?? []))];
  const moves = timeline.policy.some(({ movesUnfinished, from }) => movesUnfinished && from > began && from <= last);
  return moves || versions.some(({ from }) => from > last - REMEMBERED_MS && from <= last + REMEMBERED_MS);
}

/** The hours that were in force when it began, and those of later versions from then on. */
async function hoursOf(
  { from: began, calendar }: Plain["started"]["segment"],
  { calendars }: Timeline,
  { rulebooks }: Store,
): Promise<OnHours[]> {
  if (calendar === undefined) return [{ from: Number.NEGATIVE_INFINITY, calendar: undefined }];
  const later = (calendars[calendar.id] ?? []).filter(({ from }) => from > began);
  const first = { from: Number.NEGATIVE_INFINITY, version: calendar.version };
  const inOrder = [first, ...later].sort((a, b) => a.from - b.from || a.version - b.version);
  const read = async ({ from, version }: { from: number; version: number }) => ({
    from,
    calendar: (await rulebooks.calendar(calendar.id, version))?.calendar,
  });
  return Promise.all(inOrder.map(read));
}

/** The clocks of a case that one fact began and none moved. */
function plainClocks({ caseId, appends }: CaseHistory): Plain[] {
  const facts = appends.flat();
  const statuses = statusesOf(facts, caseId);
  return facts.flatMap((started): Plain[] => {
    if (started.type !== "ClockStarted") return [];
    const own = facts.filter((fact) => isOf(fact, started));
    if (own.some(({ type }) => type === "ClockRetargeted" || type === "ClockReopened")) return [];
    const ended = own.find(isEnd);
    const until = ended?.at ?? Number.POSITIVE_INFINITY;
    return [{ caseId, started, ended, stood: stoodIn(statuses, started, until) }];
  });
}

function isEnd(fact: Fact): fact is NonNullable<Plain["ended"]> {
  return fact.type === "ClockBreached" || fact.type === "ClockStopped" || fact.type === "ClockCancelled";
}

function isOf(fact: Fact, { metric, cycle }: Named): boolean {
  return "cycle" in fact && fact.metric === metric && fact.cycle === cycle;
}

interface InStatus extends Stood {
  readonly status: Case["status"];
}

/** Which status a case had from when to when. */
function statusesOf(facts: readonly Fact[], caseId: string): InStatus[] {
  const found: (Pick<InStatus, "status"> & { from: number })[] = [];
  let state: Case | undefined;
  for (const fact of facts) {
    state = evolve(state, fact, caseId);
    if (found.at(-1)?.status !== state.status) found.push({ status: state.status, from: fact.at });
  }
  return found.map((one, index) => ({ ...one, until: found[index + 1]?.from }));
}

/** When a clock stood, from its beginning on. */
function stoodIn(statuses: readonly InStatus[], { metric, at }: Plain["started"], until: number): Stood[] {
  const stopping = statuses.filter(({ status, from }) => stops(metric, status) && from < until);
  const since = stopping.map((one) => ({ from: Math.max(at, one.from), until: one.until }));
  return since.filter((one) => one.until === undefined || one.until > one.from);
}

function nameOf(at: number | undefined): string {
  return at === undefined ? "later" : new Date(at).toISOString();
}
