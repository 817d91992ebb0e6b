import {
  alwaysOpen,
  type Calendar,
  type CalendarInForce,
  type CalendarReference,
  type Case,
  compileCalendar,
  earlier,
  type Instant,
  MINUTE_MS,
  type OpenHours,
  type Policy,
  type Rulebook,
  versionInForce,
} from "@ithaca/domain";
import type { Rulebooks, Rules, RuleTimeline } from "../ports/rules.ts";
import type { ShippedRules } from "./shipped-rules.ts";

/**
 * So long rules that were read once are gone by while they cannot be read. Whoever rewrites what changed rules moved looks
 * again after that, and no process goes by older ones.
 */
export const REMEMBERED_MS = 20 * MINUTE_MS;

/** So many versions of calendars are kept beside those in force and to come: what older clocks are measured on. */
const CALENDARS_KEPT = 500;

/** The rulebook in force, from a store that is asked for its timeline at most once in `refreshMs`. */
export function rulebookCache(ports: {
  rules: Rules;
  shipped: ShippedRules;
  refreshMs: number;
  clock: () => Instant;
}): Rulebooks {
  const { rules, shipped, refreshMs, clock } = ports;
  const known = versionCache(rules, shipped);
  let current: { timeline: RuleTimeline; readAt: Instant } | undefined;
  let reading: Promise<RuleTimeline> | undefined;

  async function refresh(): Promise<RuleTimeline> {
    const readAt = clock();
    const timeline = await rules.timeline();
    await known.rulebook(timeline, readAt, []);
    current = { timeline, readAt };
    return timeline;
  }

  /** One reader at a time; a store that cannot be read leaves what is remembered in force, for a while. */
  async function timeline(): Promise<RuleTimeline> {
    if (current !== undefined && clock() < current.readAt + refreshMs) return current.timeline;
    reading ??= refresh().finally(() => {
      reading = undefined;
    });
    const remembered = current;
    if (remembered === undefined || clock() > remembered.readAt + REMEMBERED_MS) return reading;
    return reading.catch(() => remembered.timeline);
  }

  return {
    inForce: async (now: Instant, cases: readonly Case[] = []) => known.rulebook(await timeline(), now, cases),
    calendar: (id, version) => known.calendar(id, version),
  };
}

/** Rules in force, with the calendars that they have at hand, by their names. */
interface Known {
  name: string;
  rulebook: Rulebook;
  atHand: ReadonlyMap<string, CalendarInForce>;
}

/** Versions never change: each is read and compiled once, those in force and to come, and what cases ask for. */
function versionCache(rules: Rules, shipped: ShippedRules) {
  const policies = new Map<number, Policy>([[shipped.policy.version, shipped.policy]]);
  const calendars = calendarCache(rules, shipped.calendars);
  let known: Known | undefined;

  async function policyOf(version: number): Promise<Policy> {
    const policy = policies.get(version) ?? (await rules.policy(version));
    if (policy === undefined) throw new Error(`the timeline names policy ${version}, and there is none`);
    policies.set(version, policy);
    return policy;
  }

  /** The version of each calendar in force at an instant. */
  function versionsAt(timeline: RuleTimeline, at: Instant): Map<string, number> {
    const versions = new Map(shipped.calendars.map(({ id, version }) => [id, version]));
    for (const [id, listed] of Object.entries(timeline.calendars)) {
      const version = versionInForce(listed, at);
      if (version !== undefined) versions.set(id, version);
    }
    return versions;
  }

  /** Decisions ask for hours without waiting, so what is in force, what is to come and what moves cases is read before. */
  async function knownAt(timeline: RuleTimeline, now: Instant): Promise<Known> {
    const policyVersion = versionInForce(timeline.policy, now) ?? shipped.policy.version;
    const versions = versionsAt(timeline, now);
    const name = JSON.stringify([timeline.revision, policyVersion, ...versions]);
    if (known?.name === name) return known;

    const moving = byFrom(timeline.policy.filter(({ movesUnfinished }) => movesUnfinished === true));
    const moves = moving.map((move) => ({ ...move, versions: versionsAt(timeline, move.from) }));
    const named = [versions, ...moves.map((move) => move.versions)].flatMap((one) =>
      Array.from(one, ([id, version]) => ({ id, version })),
    );
    const atHand = await calendars.read([...shipped.calendars, ...named, ...listedSince(timeline, now)]);
    const absent = named.find((reference) => !atHand.has(nameOf(reference)));
    if (absent !== undefined) throw new Error(`the timeline names calendar ${nameOf(absent)}, and there is none`);

    const listed = new Map(Object.entries(timeline.calendars).map(([id, some]) => [id, byFrom(some)]));
    const rulebook: Rulebook = {
      ...rulebookOf(await policyOf(policyVersion), versions, atHand),
      versionsOf: (id) => listed.get(id) ?? [],
      moves: await Promise.all(
        moves.map(async (move) => {
          const policy = await policyOf(move.version);
          return { policy, from: move.from, calendar: rulebookOf(policy, move.versions, atHand).calendar };
        }),
      ),
    };
    known = { name, rulebook, atHand };
    return known;
  }

  return {
    calendar: async (id: string, version: number) =>
      (await calendars.read([{ id, version }])).get(nameOf({ id, version })),

    rulebook: async (timeline: RuleTimeline, now: Instant, cases: readonly Case[]): Promise<Rulebook> => {
      const { rulebook, atHand } = await knownAt(timeline, now);
      const others = measuredOn(cases, timeline).filter((reference) => !atHand.has(nameOf(reference)));
      if (others.length === 0) return rulebook;
      const older = await calendars.read(others);
      return {
        ...rulebook,
        hoursOf: (reference) => (reference && older.get(nameOf(reference))?.hours) ?? rulebook.hoursOf(reference),
      };
    },
  };
}

/** The calendar versions that the clocks of cases may be measured on: those that they name, and all that came since. */
function measuredOn(cases: readonly Case[], timeline: RuleTimeline): CalendarReference[] {
  const segments = cases.flatMap(({ clocks }) => clocks.flatMap((cycle) => cycle.segments));
  const [first, ...rest] = segments.map(({ from }) => from);
  if (first === undefined) return [];
  const named = segments.flatMap(({ calendar }) => (calendar === undefined ? [] : [calendar]));
  return [...named, ...listedSince(timeline, rest.reduce(earlier, first))];
}

/** The calendar versions that came or come into force after an instant. */
function listedSince({ calendars }: RuleTimeline, since: Instant): CalendarReference[] {
  return Object.entries(calendars).flatMap(([id, listed]) =>
    listed.filter(({ from }) => from > since).map(({ version }) => ({ id, version })),
  );
}

/** Calendars by version, those last asked for; what ships is always there. */
function calendarCache(rules: Rules, shipped: readonly Calendar[]) {
  const lasting = new Map(shipped.map((calendar) => [nameOf(calendar), compiled(calendar)]));
  const kept = new Map<string, CalendarInForce>();

  function keep(name: string, calendar: CalendarInForce): void {
    kept.delete(name);
    kept.set(name, calendar);
    const [oldest] = kept.keys();
    if (kept.size > CALENDARS_KEPT && oldest !== undefined) kept.delete(oldest);
  }

  return {
    /** Those that there are, by name. */
    read: async (references: readonly CalendarReference[]): Promise<Map<string, CalendarInForce>> => {
      const found = new Map<string, CalendarInForce>();
      const absent = new Map<string, CalendarReference>();
      for (const reference of references) {
        const name = nameOf(reference);
        const calendar = lasting.get(name) ?? kept.get(name);
        if (calendar === undefined) absent.set(name, reference);
        else found.set(name, calendar);
      }
      const read = absent.size === 0 ? [] : await rules.calendars([...absent.values()]);
      for (const calendar of read) found.set(nameOf(calendar), compiled(calendar));
      for (const [name, calendar] of found) if (!lasting.has(name)) keep(name, calendar);
      return found;
    },
  };
}

function rulebookOf(
  policy: Policy,
  versions: ReadonlyMap<string, number>,
  atHand: ReadonlyMap<string, CalendarInForce>,
): Omit<Rulebook, "versionsOf" | "moves"> {
  const found = (reference: CalendarReference): CalendarInForce => {
    const calendar = atHand.get(nameOf(reference));
    if (calendar === undefined) throw new Error(`calendar ${nameOf(reference)} is not at hand`);
    return calendar;
  };
  return {
    policy,
    calendar: (id) => {
      const version = versions.get(id);
      if (version === undefined) throw new Error(`no calendar ${id} is in force`);
      return found({ id, version });
    },
    calendars: () => Array.from(versions, ([id, version]) => found({ id, version })),
    hoursOf: (reference): OpenHours => (reference === undefined ? alwaysOpen : found(reference).hours),
  };
}

function compiled(calendar: Calendar): CalendarInForce {
  let hours: OpenHours | undefined;
  return {
    calendar,
    get hours() {
      hours ??= compileCalendar(calendar);
      return hours;
    },
  };
}

function nameOf({ id, version }: { id: string; version: number }): string {
  return `${id} ${version}`;
}

function byFrom<Listed extends { from: Instant }>(listed: readonly Listed[]): Listed[] {
  return listed.toSorted((a, b) => a.from - b.from);
}
