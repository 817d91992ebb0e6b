import { Calendar, Instant, Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import { calendarKey, KEY_END, policyKey, RULE_CHANGE_PREFIX, ruleChangeKey, TIMELINE_KEY } from "../keys.ts";
import type { RuleChange, Rules, RuleTimeline } from "../ports/rules.ts";
import { lotsOf } from "../table/lots-of.ts";
import { type Condition, IF_ABSENT, type Item, type Table } from "../table/table.ts";
import { calendarsWith, hasMovedTooOften, MOVED_TOO_OFTEN, policiesWith } from "./listed-versions.ts";
import { calendarsAt, policyOf, policyVersionAt } from "./rules-at.ts";
import type { ShippedRules } from "./shipped-rules.ts";

const InForceFrom = z.object({ version: z.int(), from: Instant });
const PolicyInForceFrom = z.extend(InForceFrom, { movesUnfinished: z.optional(z.boolean()) });

const StoredTimeline = z.object({
  revision: z.int(),
  policy: z.array(PolicyInForceFrom),
  calendars: z.record(z.string(), z.array(InForceFrom)),
});

const Made = {
  by: z.string(),
  at: Instant,
  reason: z.string(),
  inForceFrom: Instant,
  request: z.optional(z.object({ id: z.string(), bodyHash: z.string() })),
};

const StoredChange = z.union([
  z.object({ ...Made, policy: z.int() }),
  z.object({ ...Made, calendar: z.string(), version: z.int() }),
]);

/** The most changes that a history shows. */
const HISTORY_MAX = 500;

/** So many calendars are read at once: one can be as large as an item may be, and an answer holds 16 MB. */
const CALENDARS_AT_ONCE = 25;

/** Rules that would not decide every case. Whoever puts rules asks what is wrong with them first. */
export class FaultyRules extends Error {
  override readonly name = "FaultyRules";
}

/** Policies and calendars in a table. */
export function ruleStore(table: Table, shipped: ShippedRules): Rules {
  const timeline = async () => timelineOf(await table.get(TIMELINE_KEY));
  const policy: Rules["policy"] = async (version) => {
    const item = await table.get(policyKey(version));
    return item && z.decode(Policy, item.policy as z.input<typeof Policy>);
  };
  const calendar: Rules["calendar"] = async (id, version) => {
    const item = await table.get(calendarKey(id, version));
    return item && z.decode(Calendar, item.calendar as z.input<typeof Calendar>);
  };

  const put: Rules["put"] = async (versions, { movesUnfinished, ...change }, ifRevision) => {
    const before = await timeline();
    if (before.revision !== ifRevision) return false;
    const { inForceFrom: from } = change;
    const then = versions.policy ?? (await policyOf({ policy }, shipped, policyVersionAt(before, shipped, from)));
    const inForce = await calendarsAt({ calendar }, shipped, before, from);
    const judge = versions.policy === undefined ? shipped.calendarsFaultsOf : shipped.faultsOf;
    const [fault] = then === undefined ? [] : judge(then, versions.calendars, inForce, from);
    if (fault !== undefined) throw new FaultyRules(`${fault.path}: ${fault.problem}`);

    if (movesUnfinished === true && hasMovedTooOften(before)) throw new FaultyRules(MOVED_TOO_OFTEN.problem);
    const moves = movesUnfinished === true && { movesUnfinished };
    const steps = [
      ...versions.calendars.map((one) => calendarStep(one, from)),
      ...(versions.policy === undefined ? [] : [policyStep(versions.policy, { from, ...moves })]),
    ];
    return putVersions(table, before, steps, change);
  };

  return {
    timeline,
    soonest: (at) => at,
    policy,
    calendar,
    put,
    calendars: async (references) => {
      const keys = references.map(({ id, version }) => calendarKey(id, version));
      const items: Item[] = [];
      for (const lot of lotsOf(keys, CALENDARS_AT_ONCE)) items.push(...(await table.getMany(lot)));
      return items.map((item) => z.decode(Calendar, item.calendar as z.input<typeof Calendar>));
    },
    history: async () => {
      const { items } = await table.query({
        partition: TIMELINE_KEY.pk,
        from: RULE_CHANGE_PREFIX,
        until: `${RULE_CHANGE_PREFIX}${KEY_END}`,
        descending: true,
        limit: HISTORY_MAX,
      });
      return items.map((item) => z.decode(StoredChange, item.change as z.input<typeof StoredChange>));
    },
    putPolicy: (one, change, ifRevision) => put({ policy: one, calendars: [] }, change, ifRevision),
    putCalendar: (one, change, ifRevision) => put({ calendars: [one] }, change, ifRevision),
  };
}

/** What writing one version takes: its item, its place in the timeline, and what the history says of it. */
interface Step {
  readonly item: Item;
  readonly listed: (timeline: RuleTimeline) => RuleTimeline;
  readonly what: { policy: number } | { calendar: string; version: number };
}

function policyStep(policy: Policy, place: Omit<RuleTimeline["policy"][number], "version">): Step {
  const { version } = policy;
  return {
    item: { ...policyKey(version), noun: "policy", policy: z.encode(Policy, policy) },
    listed: (timeline) => ({
      ...timeline,
      policy: policiesWith(timeline.policy, { version, ...place }),
    }),
    what: { policy: version },
  };
}

function calendarStep(calendar: Calendar, from: Instant): Step {
  const { id, version } = calendar;
  return {
    item: { ...calendarKey(id, version), noun: "calendar", calendar: z.encode(Calendar, calendar) },
    listed: ({ calendars, ...timeline }) => ({
      ...timeline,
      calendars: { ...calendars, [id]: calendarsWith(calendars[id] ?? [], { version, from }) },
    }),
    what: { calendar: id, version },
  };
}

/** Versions, their places in the timeline and who put them there, in one transaction; a version is never written over. */
async function putVersions(
  table: Table,
  before: RuleTimeline,
  steps: readonly Step[],
  change: RuleChange,
): Promise<boolean> {
  const { revision } = before;
  const next = steps.reduce((timeline, { listed }) => listed(timeline), before);
  const ifUnchanged: Condition = revision === 0 ? IF_ABSENT : [{ revision: { equals: revision } }];
  const result = await table.transact([
    ...steps.map(({ item }) => ({ put: item, condition: IF_ABSENT })),
    {
      put: {
        ...TIMELINE_KEY,
        noun: "timeline",
        ...z.encode(StoredTimeline, { ...next, revision: revision + steps.length }),
      },
      condition: ifUnchanged,
    },
    ...steps.map(({ what }, index) => ({
      put: {
        ...ruleChangeKey(revision + index + 1),
        noun: "rule-change",
        change: z.encode(StoredChange, { ...change, ...what }),
      },
    })),
  ]);
  return result.done;
}

function timelineOf(item: Item | undefined): RuleTimeline {
  if (item === undefined) return { revision: 0, policy: [], calendars: {} };
  return z.decode(StoredTimeline, item as unknown as z.input<typeof StoredTimeline>);
}
