import { type Calendar, type EscalationRule, instantOf, type Policy } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { coverHoles } from "./lint-cover.ts";
import { lintPolicy } from "./lint-policy.ts";
import { shippedRules } from "./shipped-rules.ts";

const { policy: shipped, calendars } = shippedRules;
const NOW = instantOf("2026-06-10T14:00:00Z");

function places(policy: Policy, withCalendars: readonly Calendar[] = calendars): string[] {
  return lintPolicy(policy, withCalendars, NOW).map(({ code, path }) => `${code} ${path}`);
}

describe("the shipped policy", () => {
  test("has no fault", () => {
    expect(lintPolicy(shipped, calendars, NOW)).toEqual([]);
  });
});

describe("a policy with a hole", () => {
  const [main, au] = shipped.teams;
  const [critical, ...lessUrgent] = shipped.targets;
  if (main === undefined || au === undefined || critical === undefined) throw new Error("the shipped policy is short");

  test.each<[string, Partial<Policy>, string[]]>([
    ["whose default team is nobody", { defaultTeam: "moon" }, ["unknown-team /defaultTeam"]],
    ["whose default priority is none", { defaultPriority: "whenever" }, ["unknown-priority /defaultPriority"]],
    [
      "with a team on an unknown calendar",
      { teams: [{ ...main, hours: "moon-hours" }, au] },
      ["unknown-calendar /teams/0/hours"],
    ],
    [
      "with chat on an unknown calendar",
      { teams: [main, { ...au, chatHours: "moon-hours" }] },
      ["unknown-calendar /teams/1/chatHours"],
    ],
    [
      "that classifies by an unknown channel, to an unknown priority",
      {
        classification: [
          { id: "by-fax", when: { channel: ["email", "fax"] }, priority: "whenever" },
          ...shipped.classification,
        ],
      },
      ["unknown-channel /classification/0/when/channel/1", "unknown-priority /classification/0/priority"],
    ],
    [
      "with two fields of one name",
      {
        fields: [
          { code: "shop", name: "Shop", kind: "text" },
          { code: "shop", name: "Store", kind: "number" },
        ],
      },
      ["code-twice /fields/1/code"],
    ],
    ...(
      [
        [
          "that escalates by names that nothing bears",
          { when: { priority: ["whenever"], team: ["moon"], package: ["gold"], channel: ["fax"] } },
          ["priority", "team", "package", "channel"].map((name) => `unknown-${name} /escalation/0/when/${name}/0`),
        ],
        ["that escalates over the top", { toTier: 4 }, ["over-top-tier /escalation/0/toTier"]],
        ["that escalates from the top", { when: { tier: [3] } }, ["goes-nowhere /escalation/0/when/tier"]],
        ["that escalates down", { when: { tier: [2, 3] }, toTier: 2 }, ["goes-nowhere /escalation/0/when/tier"]],
        [
          "that tells whoever has a case that is nobody's",
          { tells: ["assignee"] },
          ["tells-nobody /escalation/0/tells"],
        ],
        ["with two escalation rules of one name", { id: "one-tier-up" }, ["code-twice /escalation/1/id"]],
      ] as const
    ).map(([name, change, expected]): [string, Partial<Policy>, string[]] => {
      const rule = {
        id: "new",
        when: { tier: [1] },
        toTier: "next",
        tells: ["team-lead"],
        ...change,
      } as EscalationRule;
      return [name, { escalation: [rule, ...(shipped.escalation ?? [])] }, [...expected]];
    }),
    [
      "that routes to an unknown team",
      { routing: [{ id: "moon", when: { accountTeam: ["mars"] }, team: "moon" }, ...shipped.routing] },
      ["unknown-team /routing/0/when/accountTeam/0", "unknown-team /routing/0/team"],
    ],
    [
      "that promises by an unknown package",
      { targets: [{ ...critical, id: "gold", when: { ...critical.when, package: ["gold"] } }, ...shipped.targets] },
      ["unknown-package /targets/0/when/package/0"],
    ],
    ["without a promise for a priority", { targets: lessUrgent }, ["no-first-response /priorities/0"]],
    [
      "whose only promise for a priority asks for a package",
      { targets: [{ ...critical, when: { ...critical.when, package: ["legacy"] } }, ...lessUrgent] },
      ["no-first-response /priorities/0"],
    ],
    [
      "that leaves messages unclassified",
      { classification: shipped.classification.slice(0, -1) },
      ["no-catch-all /classification"],
    ],
    ["that leaves cases unrouted", { routing: shipped.routing.slice(0, -1) }, ["no-catch-all /routing"]],
    [
      "with a status twice, or of a name that every desk has",
      {
        statuses: ["with-vendor", "with-vendor", "open", "closed"].map((code) => ({
          code,
          name: code,
          like: "open" as const,
        })),
      },
      ["code-twice /statuses/1/code", "code-twice /statuses/2/code", "code-twice /statuses/3/code"],
    ],
    ["with a team twice", { teams: [main, au, main] }, ["code-twice /teams/2/code"]],
    ["with a rule twice", { targets: [...shipped.targets, critical] }, ["code-twice /targets/4/id"]],
    [
      "with two priorities of one rank",
      { priorities: shipped.priorities.map((priority, index) => (index === 1 ? { ...priority, rank: 1 } : priority)) },
      ["rank-twice /priorities/1/rank"],
    ],
  ])("%s is told where", (_situation, change, expected) => {
    expect(places({ ...shipped, ...change })).toEqual(expected);
  });
});

describe("hours that never come", () => {
  function withMainHours(change: Partial<Calendar>): Calendar[] {
    return calendars.map((calendar) => (calendar.id === "main-hours" ? { ...calendar, ...change } : calendar));
  }

  test.each<[string, Partial<Calendar>]>([
    ["a week without hours", { week: {}, holidays: [] }],
    ["a last date", { validUntil: "2031-12-31" }],
    ["a zone that is none", { zone: "Moon/Tycho" }],
  ])("%s is an error of the team", (_situation, change) => {
    expect(places(shipped, withMainHours(change))).toEqual(["never-opens /teams/0/hours"]);
  });

  test("a target longer than all time to come does not fit", () => {
    const sliver = withMainHours({ week: { "1": [["08:00", "08:01"]] }, holidays: [] });
    const year = shipped.targets.map((target) =>
      target.id === "high-response" ? { ...target, length: { minutes: 60 * 24 * 366 } } : target,
    );
    expect(places({ ...shipped, targets: year }, sliver)).toEqual(["target-does-not-fit /targets/1/length"]);
  });

  test("a target that always runs needs no opening hours", () => {
    const nightly = shipped.targets.map((target) => ({ ...target, clock: "round-the-clock" as const }));
    const sliver = withMainHours({ week: { "1": [["08:00", "08:01"]] }, holidays: [] });
    expect(places({ ...shipped, targets: nightly }, sliver)).toEqual([]);
  });
});

describe("a channel that nobody handles", () => {
  const fax = { code: "fax", name: "Fax", selfService: false, vouchesForSender: false };
  const others = shipped.channels.map(({ code }) => code);
  const withFax = { ...shipped, channels: [...shipped.channels, fax] };
  const classification = [{ id: "all-but-fax", when: { channel: others }, priority: "as-requested" }];
  const routing = [{ id: "all-but-fax", when: { channel: others }, team: "open-team" }];

  test.each<[string, Partial<Policy>, string[]]>([
    ["is none where a rule catches all", {}, []],
    ["is told when no rule classifies it", { classification }, ["unhandled-channel /channels/6"]],
    ["and when no rule routes it", { routing }, ["unhandled-channel /channels/6"]],
    ["once for each", { classification, routing }, ["unhandled-channel /channels/6", "unhandled-channel /channels/6"]],
  ])("%s", (_, change, expected) => {
    const found = places({ ...withFax, ...change });
    expect(found.filter((place) => place.startsWith("unhandled"))).toEqual(expected);
    expect(found.filter((place) => place.startsWith("no-catch-all"))).toHaveLength(expected.length);
  });
});

describe("cover for cases that must never wait in silence", () => {
  const [main] = shipped.teams;
  if (main === undefined) throw new Error("the shipped policy has teams");
  const always = shipped.teams.map((team) => ({ ...team, hours: "round-the-clock" }));
  const ownTeam = [{ id: "own-team", when: {}, team: "account-team" }];

  test.each<[string, Partial<Policy>, string[]]>([
    ["has no hole while they go to whoever is open", {}, []],
    ["has one when they go to the account's team, which closes", { routing: ownTeam }, ["cover-hole /routing/0/team"]],
    ["has none when those teams never close", { routing: ownTeam, teams: always }, []],
    [
      "has one when some of them go to a team by name",
      { routing: [{ id: "voice", when: { channel: ["phone"] }, team: "au" }, ...shipped.routing] },
      ["cover-hole /routing/0/team"],
    ],
    [
      "has none by a rule that only others reach",
      {
        routing: [
          ...shipped.routing.slice(0, 1),
          { id: "voice", when: { channel: ["phone"] }, team: "au" },
          ...ownTeam,
        ],
      },
      [],
    ],
    [
      "has one when only one of the account's teams closes",
      { routing: ownTeam, teams: always.map((team) => (team.code === "au" ? { ...team, hours: "au-hours" } : team)) },
      ["cover-hole /routing/0/team"],
    ],
    [
      "has none when no priority pages",
      { routing: ownTeam, priorities: shipped.priorities.map((priority) => ({ ...priority, pages: false })) },
      [],
    ],
  ])("%s", (_, change, expected) => expect(places({ ...shipped, ...change })).toEqual(expected));

  test.each<[string, string, string, string[]]>([
    ["a holiday before it is none", "2026-06-09", "2026-06-10T14:00:00Z", []],
    ["a holiday after it is one", "2026-06-11", "2026-06-10T14:00:00Z", ["cover-hole /routing/0/team"]],
    ["a holiday that is on is one", "2026-06-10", "2026-06-10T14:00:00Z", ["cover-hole /routing/0/team"]],
    ["the last instant of a holiday is one", "2026-06-09", "2026-06-09T23:59:59Z", ["cover-hole /routing/0/team"]],
  ])("is judged from an instant on: %s", (_, on, from, expected) => {
    const closed = { on, name: "Move", source: { kind: "hand" } } as Calendar["holidays"][number];
    const withHoliday = calendars.map((one) => (one.id === "round-the-clock" ? { ...one, holidays: [closed] } : one));
    const found = lintPolicy({ ...shipped, routing: ownTeam, teams: always }, withHoliday, instantOf(from));
    expect(found.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
  });

  test("is refused when the rules cut too fine to tell", () => {
    const accounts = shipped.channels.flatMap(({ code }) => [code]);
    const routing = Array.from({ length: 499 }, (_, at) => ({
      id: `r${at}`,
      when: {
        channel: [accounts[at % accounts.length] ?? ""],
        priority: [`p${(at % 17) + 3}`],
        accountTeam: [`t${at % 49}`],
      },
      team: "open-team",
    }));
    const teams = Array.from({ length: 50 }, (_, at) => ({ ...main, code: `t${at}` }));
    const priorities = Array.from({ length: 20 }, (_, at) => ({
      code: `p${at}`,
      name: "P",
      rank: at + 1,
      pages: true,
    }));
    const fine = { ...shipped, teams, priorities, routing: [...routing, { id: "rest", when: {}, team: "open-team" }] };
    expect(coverHoles(fine, calendars, NOW)).toMatchObject([{ path: "/routing" }]);
  });

  test("the priority, the team and its hours are named", () => {
    const [hole] = lintPolicy({ ...shipped, routing: ownTeam }, calendars, NOW);
    expect(hole?.problem).toMatch(/critical case.*main \(main-hours\) or au \(au-hours\).*nobody is told/);
  });
});
