import type { Calendar, Policy } from "@ithaca/domain";
import type { PolicyFault } from "./policy-fault.ts";

type Noun = "team" | "calendar" | "priority" | "channel" | "package";

/** A name that a policy uses, with the place where it does. */
interface Use {
  noun: Noun;
  name: string | undefined;
  path: string;
}

/** Names of teams, calendars, priorities, channels and packages that a policy uses and nothing bears. */
export function lintReferences(policy: Policy, calendars: readonly Calendar[]): PolicyFault[] {
  const known: Record<Noun, readonly string[]> = {
    team: policy.teams.map(({ code }) => code),
    calendar: calendars.map(({ id }) => id),
    priority: policy.priorities.map(({ code }) => code),
    channel: policy.channels.map(({ code }) => code),
    package: policy.packages.map(({ code }) => code),
  };

  return usesOf(policy).flatMap(({ noun, name, path }) => {
    if (name === undefined || known[noun].includes(name)) return [];
    return [
      {
        code: `unknown-${noun}` as const,
        path,
        problem: `there is no ${noun} ${name}`,
        remedy: `name one of: ${known[noun].join(", ")}`,
      },
    ];
  });
}

function usesOf(policy: Policy): Use[] {
  const { teams, classification, routing, targets, escalation = [], defaultTeam, defaultPriority } = policy;
  return [
    { noun: "team", name: defaultTeam, path: "/defaultTeam" },
    { noun: "priority", name: defaultPriority, path: "/defaultPriority" },
    ...teams.flatMap(({ hours, chatHours }, index): Use[] => [
      { noun: "calendar", name: hours, path: `/teams/${index}/hours` },
      { noun: "calendar", name: chatHours, path: `/teams/${index}/chatHours` },
    ]),
    ...classification.flatMap(({ when, priority }, index): Use[] => [
      ...all("channel", when.channel, `/classification/${index}/when/channel`),
      ...all("priority", when.requestedPriority, `/classification/${index}/when/requestedPriority`),
      { noun: "priority", name: exceptFor(priority, "as-requested"), path: `/classification/${index}/priority` },
    ]),
    ...routing.flatMap(({ when, team }, index): Use[] => [
      ...all("priority", when.priority, `/routing/${index}/when/priority`),
      ...all("team", when.accountTeam, `/routing/${index}/when/accountTeam`),
      ...all("channel", when.channel, `/routing/${index}/when/channel`),
      { noun: "team", name: exceptFor(team, "account-team", "open-team"), path: `/routing/${index}/team` },
    ]),
    ...targets.flatMap(({ when }, index): Use[] => [
      ...all("priority", when.priority, `/targets/${index}/when/priority`),
      ...all("package", when.package, `/targets/${index}/when/package`),
      ...all("channel", when.channel, `/targets/${index}/when/channel`),
    ]),
    ...escalation.flatMap(({ when }, index): Use[] => [
      ...all("priority", when.priority, `/escalation/${index}/when/priority`),
      ...all("team", when.team, `/escalation/${index}/when/team`),
      ...all("package", when.package, `/escalation/${index}/when/package`),
      ...all("channel", when.channel, `/escalation/${index}/when/channel`),
    ]),
  ];
}

function all(noun: Noun, names: readonly string[] | undefined, path: string): Use[] {
  return (names ?? []).map((name, index) => ({ noun, name, path: `${path}/${index}` }));
}

/** The name, unless it is a word of the policy's own language. */
function exceptFor(name: string, ...words: readonly string[]): string | undefined {
  return words.includes(name) ? undefined : name;
}
