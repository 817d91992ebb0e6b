import { CATEGORY_OF, caseIdOf, DAY_MS, type Effect, HOUR_MS, MINUTE_MS, project, type Rulebook } from "@ithaca/domain";
import { NO_TEAM, type Store } from "@ithaca/store";
import type { Cast } from "../workload/cast.ts";
import type { SentMessage } from "../workload/operation.ts";
import type { Upkeep } from "../workload/upkeep.ts";
import type { FaultName } from "../world/faults.ts";
import type { SentMail } from "../world/mail.ts";
import type { Invocation, Outcome } from "../world/process.ts";
import type { Service } from "../world/weather.ts";
import type { ApiAnswer, ApiRequest, Watchers, World } from "../world/world.ts";
import { openAnswerLaw } from "./answer-law.ts";
import { openAttainmentLaw } from "./attainment-law.ts";
import { openClockLaw } from "./clock-law.ts";
import { openCombineLaw } from "./combine-law.ts";
import { openCountLaw } from "./count-law.ts";
import { openDecisionLaw } from "./decision-law.ts";
import { GONE_BY_MS, openDirectorySeen } from "./directory-seen.ts";
import { openEffectLaw } from "./effect-law.ts";
import { type AppendSeen, type CaseHistory, openHistories } from "./history.ts";
import { openIntakeLaw } from "./intake-law.ts";
import { itemsOf } from "./items-of.ts";
import { openJoinLaw } from "./join-law.ts";
import { openMailLaw } from "./mail-law.ts";
import { openPreviewLaw } from "./preview-law.ts";
import { openPublishLaw } from "./publish-law.ts";
import { openRecountLaw } from "./recount-law.ts";
import { openRepeatLaw } from "./repeat-law.ts";
import { openRulesLaw } from "./rules-law.ts";
import { same } from "./same.ts";
import { openSweepLaw, SWEEP } from "./sweep-law.ts";
import { openTaskLaw } from "./task-law.ts";
import { openWakeLaw } from "./wake-law.ts";
import { openWordsLaw } from "./words-law.ts";

/** Something that must always hold did not. */
export interface Violation {
  readonly at: number;
  readonly law: string;
  readonly what: string;
}

interface LawWorld {
  readonly cast: Cast;
  /** A calm world has no faults: there nothing is done twice, and nothing is late. */
  readonly calm: boolean;
  readonly world: () => World;
  readonly upkeep: () => Upkeep;
  readonly onViolation: (violation: Violation) => void;
  readonly onMail: (mail: SentMail) => void;
}

/** What one disturbed call on the way of a wake-up costs at most: a pause, a visibility timeout, a stale index. */
const DISTURBED_MS = 2 * MINUTE_MS;
/** While one of these is down nobody is woken: that excuses as long as it lasts, and what fails for it excuses no more. */
const WAKING: readonly Service[] = ["bus", "lambda", "table", "queues"];
/** Two clocks that differ by the most, a queue, and a delay that is a whole number of seconds. */
const CALM_LATE_MAX_MS = 15_000;
/** Invocations of one kind that one message, one fact or one minute can give rise to, at most, on the long run. */
const STEPS_EACH_MAX = 400;
/** What runs by the clock runs as often in a long world of few cases. */
const BY_THE_CLOCK = ["reconcile-desk", "arm-wake-ups", SWEEP];
const LIST_PAGE = 100;
/** Whoever sets a timer that is set already has nothing to complain of. */
const ARMING = "set-timer";

/** All laws of design.md, section 5, over one world. */
export function openLaws(over: LawWorld) {
  const { cast, calm, world, upkeep, onViolation, onMail } = over;
  const rulebooks = () => upkeep().rulebooks();
  const epoch = () => upkeep().epoch();
  const isHeld = () => upkeep().isHeld();
  const rulesChangedAt = () => upkeep().rulesChangedAt();
  const seen = new Set<string>();
  const violated = (law: string, what: string) => {
    // One sentence is said once, however often it is true.
    if (seen.has(what) || seen.size > 200) return;
    seen.add(what);
    onViolation({ at: world().agenda.now(), law, what });
  };
  const disturbances: { at: number; caseId: string | undefined }[] = [];
  const repeats = { count: 0 };
  /** Splitting an old message off opens a case that is late already: the reconciler may see it before its timer is set. */
  const bornLate = { count: 0 };
  const persons = new Map(cast.customers.map(({ personId, address }) => [personId, address]));

  const known = new Set(cast.customers.map(({ personId }) => personId));
  const clocks = openClockLaw({ rulebooks, rulesChangedAt, violated, leads: leadsOf(cast), allowanceMs });
  const directory = openDirectorySeen(cast, () => world().agenda.now());
  const decisions = openDecisionLaw({ rulebooks, directory, violated });
  const waking = openWakeLaw({ now: () => world().agenda.now(), violated });
  const combining = openCombineLaw({ rulebooks, violated });
  const intake = openIntakeLaw({ known, epoch, violated });
  const publishing = openPublishLaw(violated);
  const previews = openPreviewLaw({ now: () => world().agenda.now(), violated });
  const repeated = openRepeatLaw(violated);
  const joins = openJoinLaw(cast, violated);
  const attainment = openAttainmentLaw(violated);
  const counts = openCountLaw({ cast, violated });
  const words = openWordsLaw(violated);
  const recount = openRecountLaw(violated);
  const caseOf = (caseId: string) => histories.cases.get(caseId)?.state;
  const answers = openAnswerLaw({ cast, caseOf: (number) => caseOf(caseIdOf(number)), rulebooks, violated });
  const sweep = openSweepLaw({
    rulebooks,
    rulesPutAt: () => upkeep().rulesPutAt(),
    violated,
    cases: () => histories.cases.values(),
  });
  const effects = openEffectLaw({
    violated,
    wasSent: (id) => mail.sent.has(id),
    caseOf,
    isKnownVerified: (caseId) => wasVerifiedAt(histories.cases.get(caseId), world().agenda.now() - GONE_BY_MS),
  });
  const rules = openRulesLaw({ cast, violated });
  const tasks = openTaskLaw({
    cast,
    now: () => world().agenda.now(),
    effectOf: (id) => histories.effects.get(id),
    violated,
  });
  const histories = openHistories({
    violated,
    onAppend: (append: AppendSeen) => {
      for (const law of [clocks, decisions, combining, intake, joins, publishing, previews, words])
        law.onAppend(append);
      const { wakeAt } = append.history.projection;
      if (append.before === undefined && wakeAt !== undefined && wakeAt < append.at - MINUTE_MS) bornLate.count += 1;
    },
    onEffect: (before: Effect | undefined, after: Effect, at: number) => {
      effects.onEffect(before, after, at);
      tasks.onEffect(before, after);
    },
  });
  const mail = openMailLaw({
    cast,
    policy: () => (rulebooks().at(-1) as Rulebook).policy,
    effectOf: (id) => histories.effects.get(id),
    caseOf: (caseId) => histories.cases.get(caseId),
    addressOfPerson: (personId) => persons.get(personId),
    isHeld,
    violated,
  });

  function allowanceMs(caseId: string, from: number, until: number): number {
    const own = disturbances.filter((one) => (one.caseId ?? caseId) === caseId).map(({ at }) => at);
    return downMs(from, until) + disturbedIn(own, from, until) * DISTURBED_MS;
  }

  function downMs(from: number, until: number): number {
    return world().weather.downBetween(from, until, WAKING);
  }

  function onInvoked({ name, startedAt, faults }: Invocation, event: unknown, outcome: Outcome): void {
    repeated.onInvoked(event, outcome);
    if (name === "wake-case") for (const caseId of casesIn(event)) waking.onWoken(caseId);
    if (faults.length === 0 && isAnsweredWhole(outcome)) undisturbed(name, startedAt);
    else failed(name, faults, event);
  }

  function failed(name: string, faults: Invocation["faults"], event: unknown): void {
    if (calm) violated("good-day", `nothing went wrong, and ${name} failed`);
    if (name === ARMING && faults.length === 0) violated("timers", `nothing went wrong, and ${name} failed`);
    if (!isOfOutage(faults)) disturbed(name, event, world().agenda.now());
  }

  function undisturbed(name: string, startedAt: number): void {
    if (name === SWEEP) sweep.onUndisturbedRun(startedAt, world().agenda.now());
  }

  /** What went wrong on the way of a wake-up excuses that it is late. */
  function disturbed(name: string, event: unknown, at: number): void {
    if (name === "reconcile-desk") disturbances.push({ at, caseId: undefined });
    if (name === "wake-case") {
      for (const caseId of casesIn(event)) disturbances.push({ at, caseId });
    }
    if (disturbances.length > 20_000) disturbances.splice(0, 10_000);
  }

  const watchers: Watchers = {
    onCommit: (commit) => {
      for (const { item } of commit.writes) {
        if (item === undefined) continue;
        directory.onWrite(item);
        previews.onWrite(item);
        if (item.noun === "person") remember(item.person as { id: string; addresses: string[] });
      }
      histories.onCommit(commit);
    },
    onSent: (sent) => {
      mail.onSent(sent);
      onMail(sent);
    },
    onPut: publishing.onPut,
    onRun: (name, at, succeeded) => {
      const isExcuse = !succeeded && !WAKING.some(world().weather.isDown);
      if (isExcuse && name === "reconcile-desk") disturbances.push({ at, caseId: undefined });
    },
    onInvoked,
    onLine: (line, failed) => {
      if (calm && failed) violated("good-day", `nothing went wrong, and something failed: ${JSON.stringify(line)}`);
      repeats.count += Number(line["effects-repeated"] ?? 0) + Number(line["wake-ups-repeated"] ?? 0);
    },
  };

  function remember({ id, addresses }: { id: string; addresses: string[] }): void {
    const [address] = addresses;
    if (address !== undefined) persons.set(id, address);
  }

  /** When all has become quiet: nothing is lost, owed, missed or still going round. */
  async function atEnd(messages: readonly SentMessage[]): Promise<void> {
    intake.atEnd(messages, histories);
    combining.atEnd();
    effects.atEnd(histories.effects.values());
    publishing.atEnd(world().stream);
    missed();
    loops();
    if (calm) onAGoodDay();
    projections();
    await lists();
    await tasks.atEnd(world().store, histories.effects.values());
    await rules.atEnd(world().store);
    await attainment.atEnd(world().store, histories.cases.values());
    await words.atEnd(world().store, messages);
    await recount.atEnd(world().store, histories.cases.values(), world().agenda.now());
    await counts.atEnd(world().store, [...histories.cases.values()]);
    await previews.atEnd(world().store, [...histories.cases.values()]);
  }

  /** Law 3: what lists and timers go by is what the state and the rules in force say, once the sweep is through. */
  function projections(): void {
    const rulebook = rulebooks().at(-1);
    for (const { caseId, state, projection } of histories.cases.values()) {
      if (rulebook === undefined || state.triageOwed) continue;
      const expected = project(state, rulebook);
      if (CATEGORY_OF[state.status] === "done" || same(expected, projection)) continue;
      violated("projection", `${caseId} stands as ${JSON.stringify(projection)}, not ${JSON.stringify(expected)}`);
    }
  }

  function missed(): void {
    const now = world().agenda.now();
    for (const { caseId, projection } of histories.cases.values()) {
      if (projection.wakeAt !== undefined && projection.wakeAt < now - 10 * MINUTE_MS) {
        violated("missed", `${caseId} was to be woken at ${new Date(projection.wakeAt).toISOString()}, and nobody did`);
      }
    }
  }

  function loops(): void {
    for (const [name, steps] of world().lambda.stepsOf) {
      const most = STEPS_EACH_MAX * (histories.cases.size + 10);
      if (!BY_THE_CLOCK.includes(name) && steps > most) violated("loops", `${name} ran ${steps} times`);
    }
  }

  function onAGoodDay(): void {
    if (repeats.count > bornLate.count)
      violated("good-day", `nothing went wrong, and ${repeats.count} things were done again`);
    const late = clocks.lateness.filter((ms) => ms > CALM_LATE_MAX_MS);
    if (late.length > 0)
      violated(
        "good-day",
        `nothing went wrong, and ${late.length} breaches were late, by up to ${Math.max(...late)} ms`,
      );
    for (const [id, { status, reason, owed }] of histories.effects) {
      if (reason === "attempts-exhausted") violated("good-day", `${id} (${owed.kind}) was ${status}: ${reason}`);
    }
  }

  async function lists(): Promise<void> {
    const listed = await listedIn(
      world().store,
      [...histories.cases.values()].map(({ state }) => state.team ?? NO_TEAM),
    );
    for (const { caseId, projection } of histories.cases.values()) {
      const expected = `${projection.team ?? NO_TEAM} ${projection.category}`;
      const places = listed.get(caseId) ?? [];
      if (places.length !== 1 || places[0] !== expected) {
        violated("lists", `${caseId} is listed under ${places.join(", ") || "nothing"}, not ${expected}`);
      }
    }
  }

  function onAnswer(request: ApiRequest, answer: ApiAnswer): void {
    answers.onAnswer(request, answer);
    words.onAnswer(request);
    tasks.onAnswer(request, answer);
    rules.onAnswer(request, answer);
  }

  return { watchers, histories, clocks, mail, violated, onAnswer, atEnd };
}

function leadsOf({ principals }: Cast): ReadonlySet<string> {
  return new Set(
    principals.flatMap(({ principal }) =>
      principal.kind === "agent" && principal.role !== "agent" ? [principal.id] : [],
    ),
  );
}

/** Late triage may find that its sender was to be believed; whoever read the case before that went by a stranger's. */
function wasVerifiedAt(history: CaseHistory | undefined, at: number): boolean {
  const believed = history?.appends.flat().find((fact) => fact.type === "PriorityClassified" && fact.vouched?.verified);
  return history?.state.senderVerified === true && (believed === undefined || believed.at <= at);
}

/** How many of some instants are in a stretch of time. */
function disturbedIn(instants: readonly number[], from: number, until: number): number {
  return instants.filter((at) => at >= from && at <= until).length;
}

/** Where each case is listed: under which team and category, for each time that a list shows it. */
async function listedIn(store: Store, teams: readonly string[]): Promise<Map<string, string[]>> {
  const listed = new Map<string, string[]>();
  for (const team of new Set(teams)) {
    for (const category of ["active", "waiting", "done"] as const) {
      for await (const { case: of } of itemsOf((cursor) => store.cases.list({ team, category }, LIST_PAGE, cursor))) {
        const { id: caseId } = of;
        listed.set(caseId, [...(listed.get(caseId) ?? []), `${team} ${category}`]);
      }
    }
  }
  return listed;
}

/** Whether nothing but an outage went wrong. */
function isOfOutage(faults: readonly FaultName[]): boolean {
  return faults.length > 0 && faults.every((fault) => fault === "outage");
}

/** A batch that is answered in part failed: today's code leaves what tomorrow's wrote to tomorrow's. */
function isAnsweredWhole(outcome: Outcome): boolean {
  if (outcome.kind !== "answered") return false;
  const { batchItemFailures = [] } = (outcome.value ?? {}) as { batchItemFailures?: unknown[] };
  return batchItemFailures.length === 0;
}

function casesIn(event: unknown): string[] {
  const { Records = [] } = event as { Records?: { body?: string }[] };
  return Records.flatMap(({ body }) =>
    body === undefined ? [] : [String((JSON.parse(body) as { caseId?: string }).caseId)],
  );
}

export const QUIET_MS = 2 * DAY_MS + HOUR_MS;
