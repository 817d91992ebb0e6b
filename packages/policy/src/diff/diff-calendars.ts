import type { Calendar, DayHours } from "@ithaca/domain";
import { hoursInWords, weekInWords } from "../publishing/hours-in-words.ts";
import { diffLists } from "./diff-lists.ts";
import type { RulesChange } from "./rules-change.ts";

interface Day {
  readonly on: string;
  readonly name?: string | undefined;
  readonly hours?: DayHours | undefined;
}

/** What two sets of calendars differ in, each calendar by its id: hours, zone, holidays and extra openings by their dates. */
export function diffCalendars(before: readonly Calendar[], after: readonly Calendar[]): RulesChange[] {
  const { added, removed, kept } = diffLists(before, after, ({ id }) => id);
  const whole =
    (kind: "added" | "removed") =>
    (calendar: Calendar): RulesChange => ({
      kind,
      path: `/calendars/${calendar.id}`,
      words: `calendar ${calendar.id} ${kind}: ${weekInWords(calendar.week)} in ${calendar.zone}`,
    });
  return [
    ...removed.map(whole("removed")),
    ...added.map(whole("added")),
    ...kept.flatMap(([was, is]) => diffCalendar(was, is)),
  ];
}

function diffCalendar(was: Calendar, is: Calendar): RulesChange[] {
  const changed = (field: string, old: string, now: string): RulesChange[] =>
    old === now
      ? []
      : [
          {
            kind: "changed",
            path: `/calendars/${is.id}/${field}`,
            words: `calendar ${is.id}: ${field} ${old} → ${now}`,
          },
        ];
  return [
    ...changed("name", was.name, is.name),
    ...changed("zone", was.zone, is.zone),
    ...changed("week", weekInWords(was.week), weekInWords(is.week)),
    ...changed("validFrom", was.validFrom ?? "always", is.validFrom ?? "always"),
    ...changed("validUntil", was.validUntil ?? "for ever", is.validUntil ?? "for ever"),
    ...diffDays(is.id, "holidays", was.holidays, is.holidays),
    ...diffDays(is.id, "extraOpenings", was.extraOpenings ?? [], is.extraOpenings ?? []),
  ];
}

function diffDays(
  id: string,
  list: "holidays" | "extraOpenings",
  before: readonly Day[],
  after: readonly Day[],
): RulesChange[] {
  const noun = list === "holidays" ? "holiday" : "extra opening";
  const { added, removed, kept } = diffLists(before, after, ({ on }) => on);
  const told = (kind: RulesChange["kind"], { on }: Day, words: string): RulesChange => ({
    kind,
    path: `/calendars/${id}/${list}/${on}`,
    words: `calendar ${id}: ${noun} on ${on} ${words}`,
  });
  return [
    ...removed.map((day) => told("removed", day, `removed: ${dayInWords(day)}`)),
    ...added.map((day) => told("added", day, `added: ${dayInWords(day)}`)),
    ...kept.flatMap(([was, is]) =>
      dayInWords(was) === dayInWords(is) ? [] : [told("changed", is, `${dayInWords(was)} → ${dayInWords(is)}`)],
    ),
  ];
}

function dayInWords({ name, hours }: Day): string {
  const open = hours === undefined ? "closed" : hoursInWords(hours);
  return name === undefined ? open : `${name}, ${open}`;
}
