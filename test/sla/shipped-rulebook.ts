import { alwaysOpen, type Calendar, compileCalendar, type Instant, type Policy, type Rulebook } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";

/** The rules that ship, the policy changed in some way, and versions of calendars that come into force later. */
export function shippedRulebook(
  policy: Partial<Policy> = {},
  later: readonly { readonly calendar: Calendar; readonly from: Instant }[] = [],
): Rulebook {
  const all = [...shippedRules.calendars, ...later.map(({ calendar }) => calendar)];
  const compiled = new Map(
    all.map((calendar) => [`${calendar.id} ${calendar.version}`, { calendar, hours: compileCalendar(calendar) }]),
  );
  const version = (id: string, number: number) => {
    const found = compiled.get(`${id} ${number}`);
    if (found === undefined) throw new Error(`no calendar ${id} ${number}`);
    return found;
  };
  return {
    policy: { ...shippedRules.policy, ...policy },
    calendar: (id) => version(id, 1),
    calendars: () => shippedRules.calendars.map(({ id }) => version(id, 1)),
    versionsOf: (id) =>
      later
        .filter(({ calendar }) => calendar.id === id)
        .map(({ calendar, from }) => ({ version: calendar.version, from })),
    moves: [],
    hoursOf: (reference) => (reference === undefined ? alwaysOpen : version(reference.id, reference.version).hours),
  };
}
