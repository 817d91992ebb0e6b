import { createHash, type Hash } from "node:crypto";
import { DAY_MS } from "@ithaca/domain";
import type { DeskCode } from "./code/surroundings.ts";
import type { CaseHistory } from "./laws/history.ts";
import { openLaws, QUIET_MS, type Violation } from "./laws/laws.ts";
import { openActing } from "./workload/acting.ts";
import { busyAtEdits } from "./workload/busy-at-edits.ts";
import { castOf, MAIL_FROM } from "./workload/cast.ts";
import { furnish } from "./workload/furnish.ts";
import type { SentMessage, Story } from "./workload/operation.ts";
import { operationOf } from "./workload/operations.ts";
import { openRobots } from "./workload/robots.ts";
import { storiesOf } from "./workload/stories.ts";
import { openUpkeep, type Upkeep } from "./workload/upkeep.ts";
import { plannedUpkeep } from "./workload/upkeep-plan.ts";
import { chanceOf } from "./world/chance.ts";
import type { Deployed } from "./world/deployed.ts";
import { type FaultName, stormOf } from "./world/faults.ts";
import { openWorld, type Watchers, type World, type WorldPlan } from "./world/world.ts";

/** One world to live through. */
export interface Simulation {
  readonly seed: number;
  readonly deployed: Deployed;
  readonly code: DeskCode;
  readonly nextCode?: DeskCode;
  /** How many days customers come; what is left of their cases' lives comes after. */
  readonly days: number;
  readonly stories: number;
  /** Nothing goes wrong. */
  readonly calm?: boolean;
  /** Some kinds of faults are frequent: which ones follows from the seed. */
  readonly stormy?: boolean;
  /** Only these stories, and of each only these steps; all when absent. */
  readonly only?: ReadonlyMap<number, ReadonlySet<number> | undefined>;
  readonly without?: ReadonlySet<string>;
  /** Stops at the first violation. */
  readonly untilViolation?: boolean;
  /** Told once a virtual day what was lived through so far. */
  readonly onDay?: (soFar: Pick<Lived, Growing>) => void;
  /** Asked once a virtual day: the world ends there, and what would be owed at its end is not asked for. */
  readonly isGivenUp?: () => boolean;
}

/** What grows while a world is lived through. */
export type Growing = "caseDays" | "steps" | "cpuMs" | "faults";

export interface Lived {
  readonly seed: number;
  readonly caseDays: number;
  readonly cases: number;
  readonly steps: number;
  readonly happened: number;
  /** Milliseconds of one core that it took. */
  readonly cpuMs: number;
  readonly mails: number;
  readonly breaches: number;
  readonly latestBreachMs: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  /** How many facts there are of each type, and how often each route was answered well. */
  readonly facts: Readonly<Record<string, number>>;
  readonly routes: Readonly<Record<string, number>>;
  /** Which statuses of the desk's own were given. */
  readonly ownStatuses: readonly string[];
  readonly violations: readonly Violation[];
  /** SHA-256 of everything that was written and sent, when and by whom. */
  readonly hash: string;
  readonly stories: readonly Story[];
}

/** A Monday; the first weeks hold Thanksgiving, Christmas and New Year, the later ones the clock changes of spring. */
const FIRST_DAY = Date.UTC(2026, 9, 19);
const START_SPREAD_DAYS = 150;
const EVERYBODY_SETTLED_MS = 15 * DAY_MS;

/** Lives through one world, from a seed, and tells what did not hold. */
export async function simulate(simulation: Simulation): Promise<Lived> {
  const cpu = process.threadCpuUsage();
  const { seed } = simulation;
  const span = spanOf(simulation);
  const cast = castOf(seed);
  const hash = createHash("sha256");
  const violations: Violation[] = [];
  const messages: SentMessage[] = [];
  let givenUp = false;

  const laws = openLaws({
    cast,
    calm: simulation.calm === true,
    world: () => world,
    upkeep: () => upkeep,
    onViolation: (violation) => {
      violations.push(violation);
      if (simulation.untilViolation === true) world.agenda.stop();
    },
    onMail: (mail) => robots.onMail(mail),
  });
  const world: World = openWorld(
    planOf(simulation, span),
    recorded(laws.watchers, hash, (commit) => upkeep.onCommit(commit)),
  );
  const { agenda } = world;
  await furnish(world.store, cast);
  const without = simulation.without ?? new Set<string>();
  const upkeep: Upkeep = await openUpkeep({ seed, agenda, store: world.store, ...span, without });

  const answered = new Map<string, number>();
  const onAnswer: typeof laws.onAnswer = (request, answer) => {
    if (answer.status < 300) answered.set(request.route, (answered.get(request.route) ?? 0) + 1);
    laws.onAnswer(request, answer);
  };
  const actingOn = openActing({ seed, world, cast, messages, onAnswer, violated: laws.violated });
  const robots = openRobots({ seed, world, cast, actingOn, caseOf: (id) => laws.histories.effects.get(id)?.caseId });
  const stories = plannedStories(simulation, cast);
  for (const { story, step } of stepsOf(stories, simulation.only)) {
    agenda.at(step.at, () => operationOf(step.operation).run(actingOn(story, step.id)));
  }
  const soFar = () => ({
    caseDays: openDaysOf(laws.histories.cases.values(), agenda.now()),
    steps: world.lambda.steps,
    cpuMs: millisecondsOf(process.threadCpuUsage(cpu)),
    faults: world.faults.counts,
  });
  for (let day = span.startsAt + DAY_MS; day < span.endsAt; day += DAY_MS) {
    agenda.at(day, () => {
      simulation.onDay?.(soFar());
      givenUp = simulation.isGivenUp?.() === true;
      if (givenUp) agenda.stop();
    });
  }
  await agenda.runUntil(span.endsAt);
  const isWhole = !givenUp && (simulation.untilViolation !== true || violations.length === 0);
  if (isWhole) await laws.atEnd(messages);

  return {
    seed,
    ...soFar(),
    cases: laws.histories.cases.size,
    happened: agenda.happened,
    mails: laws.mail.sent.size,
    breaches: laws.clocks.breached.size,
    latestBreachMs: Math.max(0, ...laws.clocks.lateness),
    facts: Object.fromEntries(laws.histories.told),
    routes: Object.fromEntries(answered),
    ownStatuses: ownStatusesIn(laws.histories.cases.values()),
    violations,
    hash: hash.digest("hex"),
    stories,
  };
}

/** What customers and agents do in a world, all of it, before anything is left out. */
export function plannedStories(
  world: Pick<Simulation, "seed" | "days" | "stories" | "calm">,
  cast = castOf(world.seed),
): Story[] {
  const { seed } = world;
  const span = spanOf(world);
  const edits = plannedUpkeep(seed, span).flatMap(({ kind, at }) => (kind === "edit" ? at : []));
  return busyAtEdits(seed, storiesOf(seed, cast, { ...span, stories: world.stories }), edits);
}

/** When a world begins, when nothing goes wrong any more, and when it ends: by then all that was owed is done. */
function spanOf({ seed, days, calm }: Pick<Simulation, "seed" | "days" | "calm">) {
  const startsAt = FIRST_DAY + chanceOf(seed, "start").between(0, START_SPREAD_DAYS) * DAY_MS;
  const opensUntil = startsAt + days * DAY_MS;
  const endsAt = opensUntil + Math.min(EVERYBODY_SETTLED_MS, days * DAY_MS) + QUIET_MS;
  return { startsAt, opensUntil, calmFrom: calm === true ? startsAt : opensUntil, endsAt };
}

function planOf(simulation: Simulation, { startsAt, calmFrom }: ReturnType<typeof spanOf>): WorldPlan {
  const { seed, deployed, code, nextCode, without = new Set<string>() } = simulation;
  const next = nextCode === undefined ? {} : { nextCode };
  const storm = simulation.stormy === true ? { frequent: stormOf(seed) } : {};
  return { seed, deployed, code, ...next, startsAt, calmFrom, without, ...storm, mailFrom: MAIL_FROM };
}

/** Everything that is written and sent, in its order, goes into the hash. */
function recorded(watchers: Watchers, hash: Hash, onCommit: Upkeep["onCommit"]): Watchers {
  return {
    ...watchers,
    onCommit: (commit) => {
      hash.update(JSON.stringify(commit));
      onCommit(commit);
      watchers.onCommit(commit);
    },
    onSent: (mail) => {
      hash.update(`${mail.at} ${mail.to} ${mail.effectId}`);
      watchers.onSent(mail);
    },
  };
}

/** The steps that are lived through: all, or those that a shorter history keeps. */
function stepsOf(stories: readonly Story[], only: Simulation["only"]) {
  return stories
    .filter(({ id }) => only === undefined || only.has(id))
    .flatMap((story) => story.steps.map((step) => ({ story, step })))
    .filter(({ story, step }) => only?.get(story.id)?.has(step.id) ?? true);
}

function ownStatusesIn(histories: Iterable<CaseHistory>): string[] {
  const facts = [...histories].flatMap(({ appends }) => appends.flat());
  return [...new Set(facts.flatMap((fact) => ("ownStatus" in fact ? (fact.ownStatus ?? []) : [])))];
}

function openDaysOf(histories: Iterable<CaseHistory>, now: number): number {
  let ms = 0;
  for (const history of histories) ms += openMsOf(history, now);
  return ms / DAY_MS;
}

function openMsOf({ activeMs, activeSince }: CaseHistory, now: number): number {
  return activeMs + (activeSince === undefined ? 0 : now - activeSince);
}

function millisecondsOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
