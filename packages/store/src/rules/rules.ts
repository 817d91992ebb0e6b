import { Calendar, Instant, Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import { calendarKey, KEY_END, policyKey, RULE_CHANGE_PREFIX, ruleChangeKey, TIMELINE_KEY } from "../keys.ts";
import type { RuleChange, Rules, RuleTimeline } from "../ports/rules.ts";
import { type Condition, IF_ABSENT, type Item, type Table } from "../table/table.ts";

const InForceFrom = z.object({ version: z.int(), from: Instant });
const PolicyInForceFrom = z.extend(InForceFrom, { movesUnfinished: z.optional(z.boolean()) });

const StoredTimeline = z.object({
  revision: z.int(),
  policy: z.array(PolicyInForceFrom),
  calendars: z.record(z.string(), z.array(InForceFrom)),
});

const StoredChange = z.union([
  z.object({ by: z.string(), at: Instant, reason: z.string(), inForceFrom: Instant, policy: z.int() }),
  z.object({
    by: z.string(),
    at: Instant,
    reason: z.string(),
    inForceFrom: Instant,
    calendar: z.string(),
    version: z.int(),
  }),
]);

/** The most changes that a history shows. */
const HISTORY_MAX = 500;

/** The most versions of one thing that a timeline lists; the history tells of those before. */
const TIMELINE_VERSIONS_MAX = 200;

/** Policies and calendars in a table. */
export function ruleStore(table: Table): Rules {
  const timeline = async () => timelineOf(await table.get(TIMELINE_KEY));

  return {
    timeline,
    policy: async (version) => {
      const item = await table.get(policyKey(version));
      return item && z.decode(Policy, item.policy as z.input<typeof Policy>);
    },
    calendar: async (id, version) => {
      const item = await table.get(calendarKey(id, version));
      return item && z.decode(Calendar, item.calendar as z.input<typeof Calendar>);
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
    putPolicy: async (policy, change, ifRevision) => {
      const { version } = policy;
      const { movesUnfinished, ...made } = change;
      const before = await timeline();
      return putVersion(table, {
        item: { ...policyKey(version), noun: "policy", policy: z.encode(Policy, policy) },
        next: {
          ...before,
          policy: listedWith(before.policy, {
            version,
            from: made.inForceFrom,
            ...(movesUnfinished === true && { movesUnfinished }),
          }),
        },
        change: { ...made, policy: version },
        ifRevision,
      });
    },
    putCalendar: async (calendar, change, ifRevision) => {
      const { id, version } = calendar;
      const before = await timeline();
      const versions = listedWith(before.calendars[id] ?? [], { version, from: change.inForceFrom });
      return putVersion(table, {
        item: { ...calendarKey(id, version), noun: "calendar", calendar: z.encode(Calendar, calendar) },
        next: { ...before, calendars: { ...before.calendars, [id]: versions } },
        change: { ...change, calendar: id, version },
        ifRevision,
      });
    },
  };
}

/** A version, its place in the timeline and who put it there, in one transaction; a version is never written over. */
async function putVersion(
  table: Table,
  written: {
    item: Item;
    next: RuleTimeline;
    change: RuleChange & ({ policy: number } | { calendar: string; version: number });
    ifRevision: number;
  },
): Promise<boolean> {
  const { item, next, change, ifRevision } = written;
  if (next.revision !== ifRevision) return false;
  const revision = ifRevision + 1;
  const ifUnchanged: Condition = ifRevision === 0 ? IF_ABSENT : [{ revision: { equals: ifRevision } }];
  const result = await table.transact([
    { put: item, condition: IF_ABSENT },
    {
      put: { ...TIMELINE_KEY, noun: "timeline", ...z.encode(StoredTimeline, { ...next, revision }) },
      condition: ifUnchanged,
    },
    { put: { ...ruleChangeKey(revision), noun: "rule-change", change: z.encode(StoredChange, change) } },
  ]);
  return result.done;
}

function listedWith<Listed>(listed: readonly Listed[], added: Listed): Listed[] {
  return [...listed, added].slice(-TIMELINE_VERSIONS_MAX);
}

function timelineOf(item: Item | undefined): RuleTimeline {
  if (item === undefined) return { revision: 0, policy: [], calendars: {} };
  return z.decode(StoredTimeline, item as unknown as z.input<typeof StoredTimeline>);
}
