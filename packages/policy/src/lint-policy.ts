import { type Calendar, type Instant, type Policy, Status } from "@ithaca/domain";
import { coverHoles, unhandledChannels } from "./lint-cover.ts";
import { lintEscalation } from "./lint-escalation.ts";
import { lintHours } from "./lint-hours.ts";
import { lintReferences } from "./lint-references.ts";
import type { PolicyFault } from "./policy-fault.ts";

/**
 * Everything that would keep a policy of the right shape from deciding a case: names that nothing bears, a case that no
 * rule catches, hours that never come. It is judged from an instant on: what was closed before then is no fault. Empty for a policy that can be used (sla.md, Business time).
 */
export function lintPolicy(policy: Policy, calendars: readonly Calendar[], from: Instant): PolicyFault[] {
  return [
    ...twiceFaults(policy),
    ...lintReferences(policy, calendars),
    ...catchAllFaults(policy),
    ...unhandledChannels(policy),
    ...coverHoles(policy, calendars, from),
    ...firstResponseFaults(policy),
    ...lintEscalation(policy),
    ...lintHours(policy, calendars),
  ];
}

function twiceFaults(policy: Policy): PolicyFault[] {
  const {
    teams,
    channels,
    priorities,
    packages,
    fields = [],
    statuses = [],
    classification,
    routing,
    targets,
    escalation = [],
  } = policy;
  const codes = { teams, channels, priorities, packages, fields, statuses };
  const ids = { classification, routing, targets, escalation };
  const ranks = priorities.map(({ rank }) => String(rank));
  return [
    ...Object.entries(codes).flatMap(([list, items]) =>
      repeated(items.map((item) => item.code)).map((index) => twice(`/${list}/${index}/code`)),
    ),
    ...Object.entries(ids).flatMap(([list, rules]) =>
      repeated(rules.map((rule) => rule.id)).map((index) => twice(`/${list}/${index}/id`)),
    ),
    ...statuses.flatMap(({ code }, index) =>
      Status.options.some((shipped) => shipped === code) ? [ofEveryDesk(`/statuses/${index}/code`)] : [],
    ),
    ...repeated(ranks).map((index) => ({
      code: "rank-twice" as const,
      path: `/priorities/${index}/rank`,
      problem: "two priorities are equally urgent",
      remedy: "give each priority a rank of its own; a smaller one is more urgent",
    })),
  ];
}

/** The places of the names that stand earlier in the list already. */
function repeated(names: readonly string[]): number[] {
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [index] : []));
}

function twice(path: string): PolicyFault {
  return {
    code: "code-twice",
    path,
    problem: "the name is already in the list",
    remedy: "give it a name of its own, or remove it",
  };
}

function ofEveryDesk(path: string): PolicyFault {
  return {
    code: "code-twice",
    path,
    problem: "every desk has a status of this name",
    remedy: "give it a name of its own",
  };
}

/** Without a rule that catches what the others leave, a message could come that nothing decides. */
function catchAllFaults({ classification, routing }: Policy): PolicyFault[] {
  return Object.entries({ classification, routing }).flatMap(([list, rules]) => {
    const catchAll = rules.some(({ when }) => Object.values(when).every((condition) => condition === undefined));
    if (catchAll) return [];
    return [
      {
        code: "no-catch-all" as const,
        path: `/${list}`,
        problem: "no rule catches a case that the others do not match",
        remedy: 'end the list with a rule whose "when" is empty',
      },
    ];
  });
}

/** Each priority needs a first-response promise that holds for every account, channel, package and product. */
function firstResponseFaults({ priorities, targets }: Policy): PolicyFault[] {
  const promises = targets.filter(
    ({ when }) =>
      when.metric.includes("first-response") &&
      when.package === undefined &&
      when.accountId === undefined &&
      when.product === undefined &&
      when.channel === undefined,
  );
  return priorities.flatMap(({ code }, index) =>
    promises.some(({ when }) => when.priority === undefined || when.priority.includes(code))
      ? []
      : [
          {
            code: "no-first-response" as const,
            path: `/priorities/${index}`,
            problem: `no target promises a first response to every ${code} case`,
            remedy: "add a first-response target for it that asks for nothing but the priority",
          },
        ],
  );
}
