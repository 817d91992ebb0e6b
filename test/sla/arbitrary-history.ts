import { MINUTE_MS } from "@ithaca/domain";
import fc from "fast-check";
import { minutesAfter, SEASONS, type Season } from "./desk.ts";
import type { History, Step } from "./live.ts";

const PRIORITIES = ["critical", "high", "medium", "low"] as const;
const STATUSES = [
  "open",
  "in-progress",
  "waiting-on-customer",
  "waiting-on-fix",
  "with-vendor",
  "waiting-until",
] as const;
const STEPS_MAX = 10;
const WINDOW_MINUTES = 3 * 1_440;

const does: fc.Arbitrary<Step["does"]> = fc.oneof(
  fc.record({ what: fc.constantFrom("wake", "reply", "call", "resolve-silently", "resolve-with-words") }),
  fc.record({ what: fc.constant("message"), lateMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 200 })) }),
  fc.record({ what: fc.constant("status"), status: fc.constantFrom(...STATUSES) }),
  fc.record({ what: fc.constant("priority"), to: fc.constantFrom(...PRIORITIES) }),
  fc.record({ what: fc.constant("team"), team: fc.constantFrom("main", "au") }),
);

/** Short spans mostly, and often exactly as long as a target. */
const waitMinutes = fc.oneof(
  fc.integer({ min: 0, max: 150 }),
  fc.constantFrom(0, 20, 30, 40, 45, 55, 60, 75, 90, 110, 150),
);

/** Lives of a case over a clock change or a holiday, with edits of calendars and of the policy on the way. */
export const arbitraryHistory: fc.Arbitrary<History> = fc
  .record({
    season: fc.constantFrom(...(Object.keys(SEASONS) as Season[])),
    openedAfterMinutes: fc.integer({ min: 0, max: 1_440 }),
    lateMinutes: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 120 })),
    priority: fc.constantFrom(...PRIORITIES),
    accountTeam: fc.constantFrom("main", "au"),
    steps: fc.array(fc.record({ waitMinutes, does }), { maxLength: STEPS_MAX }),
    calendars: fc.array(
      fc.record({
        id: fc.constantFrom("main-hours", "au-hours"),
        version: fc.integer({ min: 2, max: 3 }),
        afterMinutes: fc.integer({ min: 0, max: WINDOW_MINUTES }),
      }),
      { maxLength: 2 },
    ),
    policy: fc.option(
      fc.record({ afterMinutes: fc.integer({ min: 0, max: WINDOW_MINUTES / 2 }), movesUnfinished: fc.boolean() }),
      { nil: undefined },
    ),
  })
  .map(({ season, openedAfterMinutes, calendars, policy, ...rest }) => {
    const from = SEASONS[season];
    return {
      ...rest,
      openedAt: minutesAfter(from, openedAfterMinutes),
      edits: {
        calendars: onceEach(calendars).map(({ id, version, afterMinutes }) => ({
          id,
          version,
          from: minutesAfter(from, afterMinutes),
        })),
        ...(policy !== undefined && {
          policy: { from: minutesAfter(from, policy.afterMinutes), movesUnfinished: policy.movesUnfinished },
        }),
      },
    };
  });

function onceEach<Edit extends { id: string; version: number }>(edits: readonly Edit[]): Edit[] {
  return edits.filter(
    (edit, index) => edits.findIndex(({ id, version }) => id === edit.id && version === edit.version) === index,
  );
}

/** A history in few words, for whoever has to look at one. */
export function historyText({ openedAt, steps, edits, ...rest }: History): string {
  const text = (at: number) => new Date(at).toISOString();
  return JSON.stringify(
    {
      ...rest,
      openedAt: text(openedAt),
      steps,
      calendars: edits.calendars.map(({ id, version, from }) => `${id} ${version} from ${text(from)}`),
      policy: edits.policy && { ...edits.policy, from: text(edits.policy.from) },
      minuteMs: MINUTE_MS,
    },
    null,
    1,
  );
}
