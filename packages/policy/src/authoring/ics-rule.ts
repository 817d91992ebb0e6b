import { isIcsTime } from "./ics-time.ts";

/** How often an event may repeat. One that repeats by the hour is no holiday. */
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const WITHIN_A_DAY = ["BYHOUR", "BYMINUTE", "BYSECOND"];

const DAY = "(?:MO|TU|WE|TH|FR|SA|SU)";
/** Numbers as RFC 5545 has them: with noughts before them as some write them. */
const WEEK = "(?:0?[1-9]|[1-4]\\d|5[0-3])";
const DAY_OF_YEAR = "(?:0{0,2}[1-9]|0?[1-9]\\d|[12]\\d\\d|3[0-5]\\d|36[0-6])";

/** What each part of a rule may be (RFC 5545, 3.3.10): a parser passes over what it does not know, or guesses. */
const PARTS: Readonly<Record<string, Pick<RegExp, "test">>> = {
  FREQ: /^[A-Z]+$/,
  INTERVAL: /^0*[1-9]\d{0,3}$/,
  COUNT: /^0*[1-9]\d{0,3}$/,
  UNTIL: { test: isIcsTime },
  WKST: new RegExp(`^${DAY}$`),
  BYDAY: listOf(`(?:[+-]?${WEEK})?${DAY}`),
  BYMONTH: listOf("(?:0?[1-9]|1[0-2])"),
  BYMONTHDAY: listOf("[+-]?(?:0?[1-9]|[12]\\d|3[01])"),
  BYWEEKNO: listOf(`[+-]?${WEEK}`),
  BYYEARDAY: listOf(`[+-]?${DAY_OF_YEAR}`),
  BYSETPOS: listOf(`[+-]?${DAY_OF_YEAR}`),
};

function listOf(item: string): RegExp {
  return new RegExp(`^${item}(?:,${item})*$`);
}

/** A rule's parts, "FREQ" and the rest, in capitals. Some end it with a semicolon. */
function partsOf(rule: string): [string, string][] {
  return rule
    .toUpperCase()
    .replace(/;$/, "")
    .split(";")
    .map((part) => {
      const [name = "", ...value] = part.split("=");
      return [name, value.join("=")];
    });
}

/** What is wrong with the rule by which an event repeats; undefined when it can be followed. */
export function ruleProblem(rule: string): string | undefined {
  const parts = partsOf(rule);
  const named = new Map(parts);
  const frequency = named.get("FREQ") ?? "";
  if (!FREQUENCIES.includes(frequency)) {
    return `an event may repeat ${FREQUENCIES.join(", ")}, and not ${shown(frequency) || "without FREQ"}`;
  }
  if (WITHIN_A_DAY.some((part) => named.has(part))) return "an event may not repeat within a day";
  if (named.size < parts.length) return "the rule says something twice";
  if (named.has("COUNT") && named.has("UNTIL")) return "the rule ends by COUNT or by UNTIL, not by both";

  const wrong = parts.find(([name, value]) => PARTS[name]?.test(value) !== true);
  return wrong === undefined ? undefined : `${shown(wrong.join("="))} is no part of a rule that can be followed`;
}

/** How often a rule says that an event repeats; nothing for one that ends otherwise or never. */
export function countOf(rule: string): number {
  return Number(new Map(partsOf(rule)).get("COUNT") ?? 0);
}

/** As much of a value as fits into a message. */
export function shown(value: string): string {
  return value.slice(0, 40);
}
