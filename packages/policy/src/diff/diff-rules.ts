import type { Calendar, ClassificationRule, EscalationRule, Policy, RoutingRule, TargetRule } from "@ithaca/domain";
import { diffCalendars } from "./diff-calendars.ts";
import { diffLists } from "./diff-lists.ts";
import { clockInWords, conditionsInWords, lengthInWords, toldInWords, warningsInWords } from "./rule-words.ts";
import type { RulesChange } from "./rules-change.ts";

/** A policy, and the calendars that are looked at with it. */
export interface ComparedRules {
  readonly policy: Policy;
  readonly calendars: readonly Calendar[];
}

/** A list of a policy: its path, what one thing in it is called, its name, itself in a few words, and each field in words. */
interface Part<Item> {
  readonly list: string;
  readonly noun: string;
  readonly nameOf: (item: Item) => string;
  readonly brief: (item: Item) => string;
  readonly fields: Readonly<Record<string, (item: Item) => string>>;
  /** Of two things that both match, the first decides: their order says something. */
  readonly isOrdered?: boolean;
}

/**
 * What an edit changes, in words, each thing by its name wherever it stands in its file: what is added, removed, moved or
 * changed. Versions are no difference, nor is the order of what is looked up by name.
 */
export function diffRules(before: ComparedRules, after: ComparedRules): RulesChange[] {
  const [was, is] = [before.policy, after.policy];
  return [
    ...plainChanges(was, is),
    ...partChanges(TEAMS, was.teams, is.teams),
    ...partChanges(CHANNELS, was.channels, is.channels),
    ...partChanges(PRIORITIES, was.priorities, is.priorities),
    ...partChanges(PACKAGES, was.packages, is.packages),
    ...partChanges(STATUSES, was.statuses ?? [], is.statuses ?? []),
    ...partChanges(FIELDS, was.fields ?? [], is.fields ?? []),
    ...partChanges(CLASSIFICATION, was.classification, is.classification),
    ...partChanges(ROUTING, was.routing, is.routing),
    ...partChanges(TARGETS, was.targets, is.targets),
    ...partChanges(ESCALATION, was.escalation ?? [], is.escalation ?? []),
    ...diffCalendars(before.calendars, after.calendars),
  ];
}

const PLAIN = {
  name: "the name",
  defaultTeam: "the team of strangers",
  defaultPriority: "the priority of whoever asks for none",
  topTier: "the highest tier",
  reopenWithinDays: "days within which a reply reopens",
} as const;

function plainChanges(was: Policy, is: Policy): RulesChange[] {
  return (Object.keys(PLAIN) as (keyof typeof PLAIN)[])
    .filter((field) => was[field] !== is[field])
    .map((field) => ({ kind: "changed", path: `/${field}`, words: `${PLAIN[field]}: ${was[field]} → ${is[field]}` }));
}

const codeOf = ({ code }: { readonly code: string }) => code;
const idOf = ({ id }: { readonly id: string }) => id;
const yes = (value: boolean | undefined) => (value === true ? "yes" : "no");

const TEAMS: Part<Policy["teams"][number]> = {
  list: "teams",
  noun: "team",
  nameOf: codeOf,
  brief: ({ name, hours, zone }) => `${name}, open by ${hours}, in ${zone}`,
  fields: {
    name: ({ name }) => name,
    zone: ({ zone }) => zone,
    hours: ({ hours }) => hours,
    chatHours: ({ chatHours }) => chatHours ?? "none",
    leadAddress: ({ leadAddress }) => leadAddress,
    onCallAddress: ({ onCallAddress }) => onCallAddress,
  },
};

const CHANNELS: Part<Policy["channels"][number]> = {
  list: "channels",
  noun: "channel",
  nameOf: codeOf,
  brief: ({ name }) => name,
  fields: {
    name: ({ name }) => name,
    selfService: ({ selfService }) => yes(selfService),
    vouchesForSender: ({ vouchesForSender }) => yes(vouchesForSender),
    pagesForAnybody: ({ pagesForAnybody }) => yes(pagesForAnybody),
  },
};

const PRIORITIES: Part<Policy["priorities"][number]> = {
  list: "priorities",
  noun: "priority",
  nameOf: codeOf,
  brief: ({ name, rank, pages }) => `${name}, rank ${rank}${pages ? ", pages" : ""}`,
  fields: { name: ({ name }) => name, rank: ({ rank }) => String(rank), pages: ({ pages }) => yes(pages) },
};

const PACKAGES: Part<Policy["packages"][number]> = {
  list: "packages",
  noun: "package",
  nameOf: codeOf,
  brief: ({ name }) => name,
  fields: { name: ({ name }) => name, phoneLine: ({ phoneLine }) => yes(phoneLine) },
};

const STATUSES: Part<NonNullable<Policy["statuses"]>[number]> = {
  list: "statuses",
  noun: "status",
  nameOf: codeOf,
  brief: ({ name, like }) => `${name}, like ${like}`,
  fields: { name: ({ name }) => name, like: ({ like }) => like },
};

const FIELDS: Part<NonNullable<Policy["fields"]>[number]> = {
  list: "fields",
  noun: "field",
  nameOf: codeOf,
  brief: ({ name, kind }) => `${name}, a ${kind}`,
  fields: {
    name: ({ name }) => name,
    kind: ({ kind }) => kind,
    choices: ({ choices }) => choices?.join(", ") ?? "none",
  },
};

const CLASSIFICATION: Part<ClassificationRule> = {
  list: "classification",
  noun: "classification rule",
  nameOf: idOf,
  isOrdered: true,
  brief: ({ when, priority, flag }) =>
    `${conditionsInWords(when)}: ${priority}${flag === undefined ? "" : `, flagged ${flag}`}`,
  fields: {
    when: ({ when }) => conditionsInWords(when),
    priority: ({ priority }) => priority,
    flag: ({ flag }) => flag ?? "none",
  },
};

const ROUTING: Part<RoutingRule> = {
  list: "routing",
  noun: "routing rule",
  nameOf: idOf,
  isOrdered: true,
  brief: ({ when, team }) => `${conditionsInWords(when)}: ${team}`,
  fields: { when: ({ when }) => conditionsInWords(when), team: ({ team }) => team },
};

const TARGETS: Part<TargetRule> = {
  list: "targets",
  noun: "target",
  nameOf: idOf,
  isOrdered: true,
  brief: ({ when, length, clock, warnings }) =>
    `${conditionsInWords(when)}: ${lengthInWords(length)}, ${clockInWords(clock)}, warned ${warningsInWords(warnings)}`,
  fields: {
    when: ({ when }) => conditionsInWords(when),
    length: ({ length }) => lengthInWords(length),
    clock: ({ clock }) => clockInWords(clock),
    warnings: ({ warnings }) => `warned ${warningsInWords(warnings)}`,
  },
};

const ESCALATION: Part<EscalationRule> = {
  list: "escalation",
  noun: "escalation rule",
  nameOf: idOf,
  isOrdered: true,
  brief: ({ when, toTier, tells }) => `${conditionsInWords(when)}: to tier ${toTier}, tells ${toldInWords(tells)}`,
  fields: {
    when: ({ when }) => conditionsInWords(when),
    toTier: ({ toTier }) => String(toTier),
    tells: ({ tells }) => toldInWords(tells),
  },
};

function partChanges<Item>(part: Part<Item>, before: readonly Item[], after: readonly Item[]): RulesChange[] {
  const { list, noun, nameOf, brief, isOrdered } = part;
  const { added, removed, kept, moved } = diffLists(before, after, nameOf);
  const told = (kind: RulesChange["kind"], item: Item, words: string): RulesChange => ({
    kind,
    path: `/${list}/${nameOf(item)}`,
    words: `${noun} ${nameOf(item)} ${words}`,
  });
  const where = (item: Item, among: readonly Item[]) => {
    const before = among[among.indexOf(item) - 1];
    return before === undefined ? "first" : `after ${nameOf(before)}`;
  };
  return [
    ...removed.map((item) => told("removed", item, `removed: ${brief(item)}`)),
    ...added.map((item) => told("added", item, `added${isOrdered ? `, ${where(item, after)}` : ""}: ${brief(item)}`)),
    ...(isOrdered ? moved : []).map((item) => {
      const old = kept.find(([, is]) => is === item)?.[0] ?? item;
      return told("moved", item, `moved: it stands ${where(item, after)}; it stood ${where(old, before)}`);
    }),
    ...kept.flatMap(([was, is]) => fieldChanges(part, was, is)),
  ];
}

/** The fields in which a thing differs. A target's length is told with its clock, for it is nothing without. */
function fieldChanges<Item>({ list, noun, nameOf, fields }: Part<Item>, was: Item, is: Item): RulesChange[] {
  const name = nameOf(is);
  return Object.entries(fields)
    .filter(([, words]) => words(was) !== words(is))
    .map(([field, words]) => {
      const clock = field === "length" ? fields.clock : undefined;
      const [of, scope] = clock === undefined ? [field, ""] : ["", ` (${fields.when?.(is)})`];
      const change = `${words(was)} → ${words(is)}${clock === undefined ? "" : `, ${clock(is)}`}`;
      return {
        kind: "changed" as const,
        path: `/${list}/${name}/${field}`,
        words: `${noun} ${name}${scope}: ${of === "" ? "" : `${of} `}${change}`,
      };
    });
}
