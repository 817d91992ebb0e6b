import { type Calendar, DAY_MS, HOUR_MS, instant, MINUTE_MS, type OpenHours, type Rulebook } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import type { Rules, Store } from "@ithaca/store";
import type { Agenda } from "../world/agenda.ts";
import type { Chance } from "../world/chance.ts";
import type { Commit } from "../world/table.ts";
import { editedPolicy } from "./edited-policy.ts";
import { plannedUpkeep } from "./upkeep-plan.ts";

interface UpkeepWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly store: Pick<Store, "rules" | "rulebooks" | "desk">;
  readonly startsAt: number;
  readonly calmFrom: number;
  readonly without: ReadonlySet<string>;
}

/** What those who run the desk have done to it. */
export interface Upkeep {
  /** The rules that somebody may go by at present: those in force, and those before for as long as a process may not know. */
  rulebooks(): readonly Rulebook[];
  /** When the rules last changed, or came into force. */
  rulesChangedAt(): number;
  /** When another version of a calendar or of the policy was last put. */
  rulesPutAt(): number;
  epoch(): number;
  /** Held for so long that every process knows. */
  isHeld(): boolean;
  /** Told of everything that functions write: some of it changes the rules. */
  onCommit(commit: Commit): void;
}

/**
 * Rules are read once a minute, and what is remembered stays in force for 20 while they cannot be read. What was decided by
 * then is written within one more: no function that writes cases lives longer.
 */
const REMEMBERED_MS = 21 * MINUTE_MS;
const KNOWN_MS = 2 * MINUTE_MS;
/** Whoever's clock is ahead by the most goes by rules so much before they are in force. */
const AHEAD_MS = 5_000;
const EDITED = ["main-hours", "au-hours"] as const;
/** A day off is put so many days ahead, at most. */
const DAYS_OFF_AHEAD = 3;
const DATE_LENGTH = "2026-01-31".length;
/** What a restore takes, from the new epoch to go-live. */
const HELD_MAX_MS = 4 * HOUR_MS;

/** Edits of calendars and of the policy, and restores: about one of them a day. */
export async function openUpkeep({ seed, agenda, store, ...plan }: UpkeepWorld): Promise<Upkeep> {
  const known: { inForce: Rulebook; rulebook: Rulebook; until: number }[] = [];
  /** A law asks by any of the rules known for the hours of cases that are older or newer than they. */
  const hours = new Map<string, OpenHours>();
  const state = { epoch: 1, heldSince: Number.POSITIVE_INFINITY, changedAt: 0, putAt: 0 };

  async function learn(): Promise<void> {
    const inForce = await store.rulebooks.inForce(instant(agenda.now() + AHEAD_MS), []);
    const last = known.at(-1);
    if (last?.inForce === inForce) return;
    await readHours(store, hours);
    const rulebook: Rulebook = {
      ...inForce,
      hoursOf: (reference) => (reference && hours.get(versionName(reference))) ?? inForce.hoursOf(reference),
    };
    if (last !== undefined) {
      last.until = agenda.now() + REMEMBERED_MS;
      state.changedAt = agenda.now();
    }
    known.push({ inForce, rulebook, until: Number.POSITIVE_INFINITY });
  }

  /** In memory a deed is done once the code that does it stands still. */
  const later = (at: number, deed: () => Promise<unknown>) => {
    agenda.at(at, () => {
      void deed();
      agenda.stir();
    });
  };

  function edit(at: number, chance: Chance): void {
    const change = {
      by: "prin_ops",
      reason: "It turned out so.",
      // Many at once: then there are processes that go by what they remember.
      inForceFrom: instant(at + Math.max(0, chance.between(-4, 6)) * HOUR_MS),
    };
    const isCalendar = chance.happens(0.5);
    later(at, async () => {
      const put = isCalendar ? editCalendar : editPolicy;
      await put(store.rules, { ...change, at: instant(agenda.now()) }, chance);
      state.putAt = agenda.now();
      await learn();
    });
    later(Math.max(at, change.inForceFrom - AHEAD_MS), learn);
  }

  /** What is changed by the API is known when it is written, and once more when it comes into force. */
  function onCommit({ at, writes }: Commit): void {
    for (const { item } of writes) {
      if (item?.noun !== "timeline") continue;
      state.putAt = at;
      later(at, learn);
      const { policy } = item as unknown as { policy: readonly { from: string }[] };
      for (const { from } of policy) if (Date.parse(from) > at) later(Date.parse(from) - AHEAD_MS, learn);
    }
  }

  function restore(at: number, chance: Chance): void {
    later(at, async () => {
      state.epoch = (await store.desk.bumpEpoch()).epoch;
      state.heldSince = agenda.now();
    });
    later(at + chance.between(MINUTE_MS, HELD_MAX_MS), async () => {
      await store.desk.goLive();
      state.heldSince = Number.POSITIVE_INFINITY;
    });
  }

  await learn();
  const deeds = plan.without.has("upkeep") ? [] : plannedUpkeep(seed, plan);
  for (const { kind, at, chance } of deeds) ({ edit, restore })[kind](at, chance);

  return {
    rulebooks: () => known.filter(({ until }) => until > agenda.now()).map(({ rulebook }) => rulebook),
    rulesChangedAt: () => state.changedAt,
    rulesPutAt: () => state.putAt,
    epoch: () => state.epoch,
    isHeld: () => agenda.now() > state.heldSince + KNOWN_MS,
    onCommit,
  };
}

/** Adds the hours of every calendar version that there is and that is not known yet. */
async function readHours({ rules, rulebooks }: UpkeepWorld["store"], hours: Map<string, OpenHours>): Promise<void> {
  for (const [id, versions] of Object.entries((await rules.timeline()).calendars)) {
    for (const { version } of versions) {
      const name = versionName({ id, version });
      const calendar = hours.has(name) ? undefined : await rulebooks.calendar(id, version);
      if (calendar !== undefined) hours.set(name, calendar.hours);
    }
  }
}

function versionName({ id, version }: { id: string; version: number }): string {
  return `${id} ${version}`;
}

type Change = Parameters<Rules["putCalendar"]>[1];

/** One more day on which a team is closed that is open otherwise, within the next days. */
async function editCalendar(rules: Rules, change: Change, chance: Chance): Promise<void> {
  const id = chance.pick(EDITED);
  const timeline = await rules.timeline();
  const versions = timeline.calendars[id] ?? [];
  const last = Math.max(1, ...versions.map(({ version }) => version));
  const before = (await rules.calendar(id, last)) ?? shippedCalendar(id);
  const days = Array.from({ length: DAYS_OFF_AHEAD }, (_, at) => new Date(change.inForceFrom + at * DAY_MS));
  const working = days.filter((day) => day.getUTCDay() % 6 !== 0).map((day) => day.toISOString().slice(0, DATE_LENGTH));
  const free = working.filter((date) => !before.holidays.some((holiday) => holiday.on === date));
  if (free.length === 0) return;
  const on = chance.pick(free);
  const holiday = { on, name: "A day off", source: { kind: "hand" as const } } as Calendar["holidays"][number];
  const holidays = [...before.holidays, holiday].sort((a, b) => (a.on < b.on ? -1 : 1));
  await rules.putCalendar({ ...before, version: last + 1, holidays }, change, timeline.revision);
}

/** Other lengths for what is promised at one priority, and for being done; half of the time for what runs already, too. */
async function editPolicy(rules: Rules, change: Change, chance: Chance): Promise<void> {
  const timeline = await rules.timeline();
  const last = Math.max(...timeline.policy.map(({ version }) => version));
  const before = await rules.policy(last);
  if (before === undefined) throw new Error(`there is no policy ${last}`);
  const policy = { ...editedPolicy(before, chance), version: last + 1 };
  const movesUnfinished = chance.happens(0.5);
  await rules.putPolicy(policy, { ...change, movesUnfinished }, timeline.revision);
}

function shippedCalendar(id: string): Calendar {
  const found = shippedRules.calendars.find((one) => one.id === id);
  if (found === undefined) throw new Error(`there is no calendar ${id}`);
  return found;
}
