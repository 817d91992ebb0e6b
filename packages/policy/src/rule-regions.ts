import { Metric, type Policy, SubjectWord } from "@ithaca/domain";

/** The conditions of a rule: a list of values, or one; what is not given always holds. */
export type Conditions = Readonly<Record<string, readonly (string | number)[] | string | undefined>>;

/** A rule of a list of which the first that matches decides. */
export interface Rule {
  readonly id: string;
  readonly when: Conditions;
}

/** All cases that there can be: for each condition, the values that it can meet. */
export type AllCases = Readonly<Record<string, readonly string[]>>;

/** The cases that have, for each condition of all cases in turn, one of some values: a bit for each. */
export type Region = readonly bigint[];

/** Which cases a list of rules decides. */
export interface Decided<R extends Rule> {
  readonly rule: R;
  /** What it matches, and no earlier rule does. */
  readonly regions: readonly Region[];
}

/** So many comparisons of a rule with a region are made; rules that cut finer are not looked into. */
const COMPARISONS_MAX = 100_000;

/** The value of whatever no rule names, and of nothing. */
export const OTHER = "";

/**
 * What each rule of a list decides, the first match winning, out of all the cases that there can be. Exact; undefined for
 * rules that cut finer than anybody could follow.
 */
export function decidedBy<R extends Rule>(rules: readonly R[], all: AllCases): Decided<R>[] | undefined {
  let left: readonly Region[] = [regionOf({}, all)];
  let comparisons = 0;
  const decided: Decided<R>[] = [];
  for (const rule of rules) {
    comparisons += left.length;
    if (comparisons > COMPARISONS_MAX) return undefined;
    const matched = regionOf(rule.when, all);
    decided.push({ rule, regions: left.map((region) => overlap(region, matched)).filter(isAny) });
    left = left.flatMap((region) => without(region, matched));
  }
  return decided;
}

/** The cases that conditions match. */
export function regionOf(when: Conditions, all: AllCases): Region {
  return Object.entries(all).map(([name, values]) => {
    const asked = when[name];
    if (asked === undefined) return (1n << BigInt(values.length)) - 1n;
    return [asked].flat().reduce((mask, value) => {
      const index = values.indexOf(String(value));
      return index === -1 ? mask : mask | (1n << BigInt(index));
    }, 0n);
  });
}

/** The values of a condition that cases of a region have. */
export function valuesIn(region: Region, all: AllCases, name: string): string[] {
  const mask = region[Object.keys(all).indexOf(name)] ?? 0n;
  return (all[name] ?? []).filter((_, index) => (mask & (1n << BigInt(index))) !== 0n);
}

/** The cases that are in both regions. */
export function overlap(one: Region, other: Region): Region {
  return one.map((mask, index) => mask & (other[index] ?? 0n));
}

/** Whether there is any case in a region. */
export function isAny(region: Region): boolean {
  return region.every((mask) => mask !== 0n);
}

/** Whether every case of the narrow region is in the wide one. */
export function holds(wide: Region, narrow: Region): boolean {
  return narrow.every((mask, index) => (mask & ~(wide[index] ?? 0n)) === 0n);
}

/** What of a region is not in another: for each condition the cases that fail it and meet those before it. */
function without(region: Region, taken: Region): Region[] {
  const both = overlap(region, taken);
  if (!isAny(both)) return [region];
  return region
    .map((fails, failing) => {
      const rest = fails & ~(taken[failing] ?? 0n);
      return [...both.slice(0, failing), rest, ...region.slice(failing + 1)];
    })
    .filter(isAny);
}

/** The lists of a policy of which the first rule that matches decides. */
export type RuleList = "classification" | "routing" | "targets" | "escalation";

/** All cases that each list of a policy's rules is asked about; of accounts and products, those that a rule names and one more. */
export function allCases({ channels, priorities, teams, packages, targets, topTier }: Policy): {
  readonly [List in RuleList]: AllCases;
} {
  const codes = (items: readonly { code: string }[]) => items.map(({ code }) => code);
  const named = (lists: readonly (readonly string[] | undefined)[]) => [
    ...new Set([...lists.flatMap((list) => list ?? []), OTHER]),
  ];
  const channel = codes(channels);
  return {
    classification: { channel, requestedPriority: codes(priorities), subjectWord: [...SubjectWord.options, OTHER] },
    routing: { priority: codes(priorities), accountTeam: codes(teams), channel },
    targets: {
      metric: Metric.options,
      priority: codes(priorities),
      package: [...codes(packages), OTHER],
      accountId: named(targets.map(({ when }) => when.accountId)),
      product: named(targets.map(({ when }) => when.product)),
      channel,
    },
    escalation: {
      metric: Metric.options,
      priority: codes(priorities),
      team: codes(teams),
      package: [...codes(packages), OTHER],
      channel,
      tier: Array.from({ length: topTier }, (_, index) => String(index + 1)),
    },
  };
}
