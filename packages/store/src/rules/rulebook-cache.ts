import {
  alwaysOpen,
  type Calendar,
  type CalendarInForce,
  type CalendarReference,
  compileCalendar,
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

/** So many versions of a calendar, the newest, can still be what a running clock was started on. */
const CALENDAR_VERSIONS_KEPT = 50;

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
    await known.load(timeline);
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
    inForce: async (now) => known.rulebook(await timeline(), now),
    calendar: (id, version) => known.calendar(id, version),
  };
}

/** Versions never change: each is read and compiled once. */
function versionCache(rules: Rules, shipped: ShippedRules) {
  const policies = new Map<number, Policy>([[shipped.policy.version, shipped.policy]]);
  const calendars = new Map<string, CalendarInForce>();
  const rulebooks = new Map<string, Rulebook>();
  for (const calendar of shipped.calendars) calendars.set(nameOf(calendar), compiled(calendar));

  async function policyOf(version: number): Promise<Policy> {
    const policy = policies.get(version) ?? (await rules.policy(version));
    if (policy === undefined) throw new Error(`the timeline names policy ${version}, and there is none`);
    policies.set(version, policy);
    return policy;
  }

  async function calendarOf(id: string, version: number): Promise<CalendarInForce | undefined> {
    const before = calendars.get(nameOf({ id, version }));
    if (before !== undefined) return before;

    const calendar = await rules.calendar(id, version);
    if (calendar === undefined) return undefined;
    const found = compiled(calendar);
    calendars.set(nameOf({ id, version }), found);
    return found;
  }

  async function loadCalendar(id: string, version: number): Promise<void> {
    if ((await calendarOf(id, version)) === undefined) {
      throw new Error(`the timeline names calendar ${id} ${version}, and there is none`);
    }
  }

  /** What comes into force when: what gives a running clock a new segment. */
  async function edits(timeline: RuleTimeline): Promise<Pick<Rulebook, "versionsOf" | "moves">> {
    const byFrom = (listed: RuleTimeline["policy"]) => listed.toSorted((a, b) => a.from - b.from);
    const moving = byFrom(timeline.policy.filter(({ movesUnfinished }) => movesUnfinished === true));
    return {
      versionsOf: (id) => byFrom(newest(timeline.calendars[id] ?? [])),
      moves: await Promise.all(
        moving.map(async ({ version, from }) => ({
          policy: await policyOf(version),
          from,
          calendar: rulebookOf(shipped.policy, versionsAt(timeline, from), calendars).calendar,
        })),
      ),
    };
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

  return {
    calendar: calendarOf,
    /** Decisions ask for hours without waiting, so every calendar version that they may name is read before. */
    load: async (timeline: RuleTimeline): Promise<void> => {
      const listed = Object.entries(timeline.calendars).flatMap(([id, versions]) =>
        newest(versions).map(({ version }) => ({ id, version })),
      );
      await Promise.all(listed.map(({ id, version }) => loadCalendar(id, version)));
    },

    rulebook: async (timeline: RuleTimeline, now: Instant): Promise<Rulebook> => {
      const policyVersion = versionInForce(timeline.policy, now) ?? shipped.policy.version;
      const versions = versionsAt(timeline, now);
      const name = JSON.stringify([timeline.revision, policyVersion, ...versions]);
      const before = rulebooks.get(name);
      if (before !== undefined) return before;
      const rulebook = {
        ...rulebookOf(await policyOf(policyVersion), versions, calendars),
        ...(await edits(timeline)),
      };
      rulebooks.clear();
      rulebooks.set(name, rulebook);
      return rulebook;
    },
  };
}

function rulebookOf(
  policy: Policy,
  versions: ReadonlyMap<string, number>,
  calendars: ReadonlyMap<string, CalendarInForce>,
): Omit<Rulebook, "versionsOf" | "moves"> {
  const found = ({ id, version }: CalendarReference): CalendarInForce => {
    const calendar = calendars.get(nameOf({ id, version }));
    if (calendar === undefined) throw new Error(`calendar ${id} ${version} is not at hand`);
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

function newest(listed: RuleTimeline["policy"]): RuleTimeline["policy"] {
  return listed.slice(-CALENDAR_VERSIONS_KEPT);
}
