import { countOf, ruleProblem, shown } from "./ics-rule.ts";
import { isIcsTime } from "./ics-time.ts";

/** What is read of an iCalendar file at most. A public calendar of a country's holidays has about 100 KB. */
export const ICS_LIMITS = {
  bytes: 1_000_000,
  lines: 40_000,
  lineLength: 10_000,
  events: 2_000,
  /** Events that repeat, and how often those that say so repeat in all. */
  repeating: 300,
  repetitions: 20_000,
  depth: 3,
} as const;

/** What is wrong with an iCalendar file, and in which line (counted from 1) and property. */
export type IcsProblem = { readonly line: number; readonly field: string; readonly problem: string };

type Property = { readonly line: number; readonly name: string; readonly value: string };
type Event = { readonly line: number; readonly properties: Property[] };

/** What is wrong with a file, and where what it says is said. */
export type CheckedIcs = {
  readonly problems: readonly IcsProblem[];
  /**
   * The line on which the event with an id says something; of the event itself when it does not. `replacement` is which of
   * those that replace a repetition of it, counted from 0 in their order.
   */
  readonly lineOf: (uid: string | undefined, field: string, replacement?: number) => number;
};

/**
 * Checks the structure of an iCalendar file before it is parsed: that it is whole, not too large, and holds nothing that
 * would keep a parser busy. The parser itself takes what it understands and is silent about the rest.
 */
export function checkIcs(text: string): CheckedIcs {
  const events: Event[] = [];
  return { problems: problemsOf(text, events), lineOf: (...what) => lineOf(events, ...what) };
}

function lineOf(events: readonly Event[], ...[uid, field, replacement]: Parameters<CheckedIcs["lineOf"]>): number {
  const idOf = ({ properties }: Event) => textOf(properties, "UID");
  const named = events.filter((found) => idOf(found) === uid);
  const meant =
    replacement === undefined ? named.find((found) => !isReplacement(found)) : named.filter(isReplacement)[replacement];
  // The parser gives an event without an id one of its own.
  const event = meant ?? named[0] ?? events.find((found) => idOf(found) === undefined);
  return event?.properties.find(({ name }) => name === field)?.line ?? event?.line ?? 1;
}

/** Whether an event stands in the place of one repetition of another. */
function isReplacement({ properties }: Event): boolean {
  return properties.some(({ name }) => name === "RECURRENCE-ID");
}

function textOf(properties: readonly Property[], wanted: string): string | undefined {
  const found = properties.find(({ name }) => name === wanted);
  return found === undefined ? undefined : plainValue(found);
}

/** Everything that is wrong with a file; its events are put into `events`. */
function problemsOf(text: string, events: Event[]): IcsProblem[] {
  if (text.length > ICS_LIMITS.bytes) {
    return [{ line: 1, field: "VCALENDAR", problem: `the file is longer than ${ICS_LIMITS.bytes} characters` }];
  }
  const properties = unfold(text);
  const tooLong = properties.find(({ name, value }) => name.length + value.length > ICS_LIMITS.lineLength);
  if (tooLong !== undefined) {
    return [problem(tooLong, `the property is longer than ${ICS_LIMITS.lineLength} characters`)];
  }
  if (properties.length > ICS_LIMITS.lines) {
    return [{ line: 1, field: "VCALENDAR", problem: `the file has more than ${ICS_LIMITS.lines} properties` }];
  }
  const problems = readEvents(properties, events);
  if (events.length > ICS_LIMITS.events) {
    return [{ line: 1, field: "VEVENT", problem: `the file has more than ${ICS_LIMITS.events} events` }];
  }
  if (problems.length > 0) return problems;

  const found = [...events.flatMap(eventProblems), ...sameUidProblems(events), ...zoneProblems(events)];
  return found.length > 0 ? found : repetitionProblems(events);
}

/** Long lines are folded: what begins with a space or a tab goes on where the line before ended. */
function unfold(text: string): Property[] {
  const properties: Property[] = [];
  text.split(/\r\n|\n|\r/).forEach((content, index) => {
    const last = properties.at(-1);
    if (/^[ \t]/.test(content) && last !== undefined) {
      properties[properties.length - 1] = { ...last, value: last.value + content.slice(1) };
    } else if (content.trim() !== "") {
      const [, name = "", value = ""] = /^([A-Za-z0-9-]*)(.*)$/.exec(content) ?? [];
      properties.push({ line: index + 1, name: name.toUpperCase(), value });
    }
  });
  return properties;
}

/** The value without the parameters before the colon. */
function plainValue(property: Property): string {
  return property.value.slice(parametersOf(property).length + 1).trim();
}

/** ";TZID=America/New_York" and the like. A value in quotes may have a colon. */
function parametersOf({ value }: Property): string {
  return /^(?:"[^"]*"|[^":])*/.exec(value)?.[0] ?? "";
}

function problem({ line, name }: Property, text: string): IcsProblem {
  return { line, field: name, problem: text };
}

/** A component that has begun and not ended. */
type OpenComponent = { readonly name: string; readonly begin: Property };

function readEvents(properties: readonly Property[], events: Event[]): IcsProblem[] {
  const open: OpenComponent[] = [];
  const [first] = properties;
  if (first?.name !== "BEGIN" || componentOf(first) !== "VCALENDAR") {
    const text = "the file does not begin with BEGIN:VCALENDAR";
    return [{ line: first?.line ?? 1, field: "BEGIN", problem: text }];
  }
  for (const property of properties) {
    const found = readProperty(property, open, events);
    if (found !== undefined) return [found];
  }
  return open.slice(-1).map(({ name, begin }) => problem(begin, `${name} has no end: the file is cut off`));
}

function readProperty(property: Property, open: OpenComponent[], events: Event[]): IcsProblem | undefined {
  switch (property.name) {
    case "BEGIN":
      return begin(property, open, events);
    case "END":
      return open.pop()?.name === componentOf(property)
        ? undefined
        : problem(property, `END:${componentOf(property)} ends nothing that has begun`);
    default:
      if (open.at(-1)?.name === "VEVENT") events.at(-1)?.properties.push(property);
      return undefined;
  }
}

function begin(property: Property, open: OpenComponent[], events: Event[]): IcsProblem | undefined {
  const name = componentOf(property);
  if (open.length >= ICS_LIMITS.depth) {
    return problem(property, `components lie more than ${ICS_LIMITS.depth} deep in each other`);
  }
  if (open.some((outer) => outer.name === name)) {
    return problem(property, `a ${name} lies in another`);
  }
  open.push({ name, begin: property });
  if (name === "VEVENT") events.push({ line: property.line, properties: [] });
  return undefined;
}

function componentOf(property: Property): string {
  return plainValue(property).toUpperCase();
}

/** What an event says once, or a parser has to guess which one is meant. */
const SAID_ONCE = ["UID", "DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY", "STATUS", "RECURRENCE-ID"];

function eventProblems({ line, properties }: Event): IcsProblem[] {
  if (!properties.some(({ name }) => name === "DTSTART")) {
    return [{ line, field: "DTSTART", problem: "the event has no start" }];
  }
  const said = new Set<string>();
  return properties.flatMap((property) => {
    const isRepeated = SAID_ONCE.includes(property.name) && said.has(property.name);
    said.add(property.name);
    const found = isRepeated ? "the event says this twice" : propertyProblem(property);
    return found === undefined ? [] : [problem(property, found)];
  });
}

function propertyProblem(property: Property): string | undefined {
  const value = plainValue(property);
  switch (property.name) {
    case "DTSTART":
    case "DTEND":
    case "RECURRENCE-ID":
      return isIcsTime(value) ? undefined : `${shown(value)} is no date or time`;
    case "EXDATE":
      return value.split(",").every(isIcsTime) ? undefined : `${shown(value)} is no list of dates or times`;
    case "DURATION":
      return isDuration(value) ? undefined : `${shown(value)} is no duration of at most a year`;
    case "RRULE":
      return ruleProblem(value);
    case "RDATE":
      return "single repetitions (RDATE) are not read: write an event for each";
    default:
      return undefined;
  }
}

/** "P2D", "PT3H30M", "P1W": days and hours that a clock can count, and not the years and months of others. */
function isDuration(value: string): boolean {
  const found = /^\+?P(?:(\d{1,2})W|(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:\d{1,5}M)?(?:\d{1,6}S)?)?)$/.exec(value);
  return found !== null && /\d/.test(value) && Number(found[2] ?? 0) <= 366;
}

/** Of two events with one id a parser keeps one, unless the second replaces a repetition of the first. */
function sameUidProblems(events: readonly Event[]): IcsProblem[] {
  const seen = new Set<string>();
  return events.flatMap((event) => {
    const uid = event.properties.find(({ name }) => name === "UID");
    if (uid === undefined || isReplacement(event)) return [];

    const isKnown = seen.has(plainValue(uid));
    seen.add(plainValue(uid));
    return isKnown ? [problem(uid, "another event of the file has the same UID")] : [];
  });
}

/** A parser passes over an exception in a zone that it does not know: it has to be one in which something starts. */
function zoneProblems(events: readonly Event[]): IcsProblem[] {
  const starts = new Set(events.flatMap(({ properties }) => zonesOf(properties, ["DTSTART"]).map(({ zone }) => zone)));
  return events
    .flatMap(({ properties }) => zonesOf(properties, ["EXDATE", "RECURRENCE-ID"]))
    .filter(({ zone }) => !starts.has(zone))
    .map(({ property, zone }) => problem(property, `no event starts in the zone ${shown(zone)}`));
}

function zonesOf(properties: readonly Property[], names: readonly string[]) {
  return properties.flatMap((property) => {
    const [, zone] = /;TZID=("[^"]*"|[^;]*)/i.exec(parametersOf(property)) ?? [];
    return zone !== undefined && names.includes(property.name) ? [{ property, zone: zone.replaceAll('"', "") }] : [];
  });
}

/** Following a rule takes time, and to count its repetitions more. */
function repetitionProblems(events: readonly Event[]): IcsProblem[] {
  const rules = events.flatMap(({ properties }) => properties.filter(({ name }) => name === "RRULE"));
  const oneTooMany = rules[ICS_LIMITS.repeating];
  if (oneTooMany !== undefined) return [problem(oneTooMany, `more than ${ICS_LIMITS.repeating} events repeat`)];

  let repetitions = 0;
  const tooOften = rules.find((rule) => {
    repetitions += countOf(plainValue(rule));
    return repetitions > ICS_LIMITS.repetitions;
  });
  const text = `the events of the file repeat more than ${ICS_LIMITS.repetitions} times`;
  return tooOften === undefined ? [] : [problem(tooOften, text)];
}
