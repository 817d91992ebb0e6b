import type {
  ClassificationRule,
  EscalationRule,
  RoutingRule,
  TargetLength,
  TargetRule,
  Warning,
} from "@ithaca/domain";

type Conditions = ClassificationRule["when"] | RoutingRule["when"] | TargetRule["when"] | EscalationRule["when"];

const CONDITION_WORDS: Readonly<Record<string, string>> = {
  channel: "on",
  requestedPriority: "asked for as",
  subjectWord: "with a subject that says",
  priority: "of priority",
  accountTeam: "of accounts of",
  package: "with package",
  accountId: "of account",
  product: "about",
  metric: "for",
  team: "of team",
  tier: "in tier",
};

/** What conditions ask for: "on email, with a subject that says critical"; "any case". The same for those that ask the same. */
export function conditionsInWords(when: Conditions): string {
  const parts = Object.entries(when)
    .filter(([, asked]) => asked !== undefined)
    .map(([name, asked]) => `${CONDITION_WORDS[name] ?? name} ${[asked].flat().sort().join(" or ")}`)
    .sort();
  return parts.length === 0 ? "any case" : parts.join(", ");
}

/** A length of time: "3 h", "1 h 30 min", "2 business days". */
export function lengthInWords(length: TargetLength): string {
  if ("businessDays" in length) return `${length.businessDays} business ${length.businessDays === 1 ? "day" : "days"}`;
  const hours = Math.floor(length.minutes / 60);
  const minutes = length.minutes - hours * 60;
  return [hours > 0 ? `${hours} h` : "", minutes > 0 ? `${minutes} min` : ""].filter((part) => part !== "").join(" ");
}

/** Whom an escalation tells: "assignee and team-lead". Their order says nothing. */
export function toldInWords(tells: EscalationRule["tells"]): string {
  return [...tells].sort().join(" and ");
}

/** On which clock a target is measured. */
export function clockInWords(clock: TargetRule["clock"]): string {
  return clock === "team-hours" ? "on the owning team's hours" : "round the clock";
}

/** When a target warns: "at 50 %, with 30 min left"; "never". */
export function warningsInWords(warnings: readonly Warning[]): string {
  if (warnings.length === 0) return "never";
  return warnings
    .map((warning) =>
      "percent" in warning ? `at ${warning.percent} %` : `with ${lengthInWords({ minutes: warning.minutesLeft })} left`,
    )
    .sort()
    .join(", ");
}
