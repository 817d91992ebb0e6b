import type { Calendar, Policy, TargetRule } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shippedRules } from "../shipped-rules.ts";
import { diffLists } from "./diff-lists.ts";
import { diffRules } from "./diff-rules.ts";

const { policy: POLICY, calendars: CALENDARS } = shippedRules;
const [critical, high, medium, low] = POLICY.targets;
const [main, au] = POLICY.teams;
const [hours] = CALENDARS;
if (!(critical && high && medium && low && main && au && hours)) throw new Error("the shipped rules are short");

const of = (change: Partial<Policy>) => ({ policy: { ...POLICY, ...change }, calendars: [] });
const changed = (change: Partial<Policy>) => diffRules(of({}), of(change));
const words = (change: Partial<Policy>) => changed(change).map((one) => one.words);
const withHigh = (change: Partial<TargetRule>) => ({ targets: [critical, { ...high, ...change }, medium, low] });
const FOR = "for first-response or next-response, of priority high";

describe("what an edit of a policy changes, in words", () => {
  test.each<[string, Partial<Policy>, string[]]>([
    ["nothing", {}, []],
    ["its version alone: nothing", { version: 9 }, []],
    [
      "a length",
      withHigh({ length: { minutes: 180 } }),
      [`target high-response (${FOR}): 4 h → 3 h, on the owning team's hours`],
    ],
    [
      "a length in days",
      withHigh({ length: { businessDays: 1 } }),
      [`target high-response (${FOR}): 4 h → 1 business day, on the owning team's hours`],
    ],
    [
      "a clock",
      withHigh({ clock: "round-the-clock" }),
      ["target high-response: clock on the owning team's hours → round the clock"],
    ],
    [
      "warnings",
      withHigh({ warnings: [{ percent: 50 }, { minutesLeft: 90 }] }),
      ["target high-response: warnings warned at 75 % → warned at 50 %, with 1 h 30 min left"],
    ],
    [
      "whom a rule is for",
      withHigh({ when: { metric: ["first-response"], priority: ["high"] } }),
      [`target high-response: when ${FOR} → for first-response, of priority high`],
    ],
    [
      "an escalation rule, and whom another tells",
      {
        escalation: [
          { id: "urgent", when: { priority: ["critical"], tier: [1] }, toTier: 3, tells: ["on-call", "team-lead"] },
          { id: "one-tier-up", when: {}, toTier: "next", tells: ["team-lead"] },
        ],
      },
      [
        "escalation rule urgent added, first: in tier 1, of priority critical: to tier 3, tells on-call and team-lead",
        "escalation rule one-tier-up: tells assignee and team-lead → team-lead",
      ],
    ],
    [
      "the order of names in a condition: nothing",
      withHigh({ when: { priority: ["high"], metric: ["next-response", "first-response"] } }),
      [],
    ],
    [
      "a rule that is gone",
      { targets: [critical, medium, low] },
      [`target high-response removed: ${FOR}: 4 h, on the owning team's hours, warned at 75 %`],
    ],
    [
      "a new rule, with its place",
      { routing: [{ id: "voice", when: { channel: ["phone"] }, team: "au" }, ...POLICY.routing] },
      ["routing rule voice added, first: on phone: au"],
    ],
    [
      "a rule that moved",
      { targets: [critical, medium, low, high] },
      ["target high-response moved: it stands after low-response; it stood after critical-response"],
    ],
    [
      "a classification",
      {
        classification: POLICY.classification.map((rule) =>
          rule.id === "critical-elsewhere" ? { id: rule.id, when: rule.when, priority: "critical" } : rule,
        ),
      },
      [
        "classification rule critical-elsewhere: priority high → critical",
        "classification rule critical-elsewhere: flag may-be-critical → none",
      ],
    ],
    [
      "a team's hours and address",
      { teams: [{ ...main, hours: "round-the-clock", leadAddress: "jo@desk.example" }, au] },
      [
        "team main: hours main-hours → round-the-clock",
        "team main: leadAddress main-lead@desk.example → jo@desk.example",
      ],
    ],
    ["the order of teams: nothing", { teams: [au, main] }, []],
    [
      "a status of its own",
      { statuses: [{ code: "with-vendor", name: "With the vendor", like: "waiting-on-fix" }] },
      ["status with-vendor added: With the vendor, like waiting-on-fix"],
    ],
    ["a channel that is gone", { channels: POLICY.channels.slice(1) }, ["channel chat removed: Chat"]],
    [
      "a new priority",
      { priorities: [...POLICY.priorities, { code: "wish", name: "Wish", rank: 5, pages: false }] },
      ["priority wish added: Wish, rank 5"],
    ],
    [
      "a package and a field",
      {
        packages: POLICY.packages.map((item) => ({ ...item, phoneLine: true })),
        fields: [{ code: "site", name: "Site", kind: "choice", choices: ["A", "B"] }],
      },
      ["package standard: phoneLine no → yes", "field site added: Site, a choice"],
    ],
    [
      "what holds where nothing else says",
      { name: "Ours", defaultTeam: "au", topTier: 2, reopenWithinDays: 7, defaultPriority: "low" },
      [
        "the name: Penelope support → Ours",
        "the team of strangers: main → au",
        "the priority of whoever asks for none: medium → low",
        "the highest tier: 3 → 2",
        "days within which a reply reopens: 14 → 7",
      ],
    ],
  ])("%s", (_, change, expected) => expect(words(change)).toEqual(expected));

  test("each thing is named by its own name, wherever it stands", () => {
    expect(changed(withHigh({ length: { minutes: 90 } }))).toMatchObject([
      { kind: "changed", path: "/targets/high-response/length" },
    ]);
  });
});

describe("what an edit of calendars changes, in words", () => {
  const edit = (change: Partial<Calendar>) =>
    diffRules({ policy: POLICY, calendars: [hours] }, { policy: POLICY, calendars: [{ ...hours, ...change }] }).map(
      (one) => one.words,
    );
  const [first, ...others] = hours.holidays;
  if (first === undefined) throw new Error("the shipped calendar has holidays");

  test.each<[string, Partial<Calendar>, string[]]>([
    ["its version alone: nothing", { version: 7 }, []],
    [
      "a holiday that is gone",
      { holidays: others },
      [`calendar ${hours.id}: holiday on ${first.on} removed: ${first.name}, closed`],
    ],
    [
      "a holiday of half a day",
      { holidays: [{ ...first, hours: [["08:00", "12:00"]] }, ...others] },
      [`calendar ${hours.id}: holiday on ${first.on} ${first.name}, closed → ${first.name}, 08:00–12:00`],
    ],
    [
      "an extra opening",
      { extraOpenings: [{ on: "2026-06-13", hours: [["09:00", "12:00"]] }] },
      [`calendar ${hours.id}: extra opening on 2026-06-13 added: 09:00–12:00`],
    ],
    [
      "its week, zone and end",
      { week: { "1": [["09:00", "17:00"]] }, zone: "Europe/Berlin", validUntil: "2030-01-01" },
      [
        `calendar ${hours.id}: zone America/New_York → Europe/Berlin`,
        `calendar ${hours.id}: week Mon–Fri 08:00–20:00 → Mon 09:00–17:00`,
        `calendar ${hours.id}: validUntil for ever → 2030-01-01`,
      ],
    ],
  ])("%s", (_, change, expected) => expect(edit(change)).toEqual(expected));

  test("a calendar that is new, and one that is gone", () => {
    const other = { ...hours, id: "other" };
    const told = diffRules({ policy: POLICY, calendars: [hours] }, { policy: POLICY, calendars: [other] });
    expect(told.map((one) => one.words)).toEqual([
      `calendar ${hours.id} removed: Mon–Fri 08:00–20:00 in America/New_York`,
      "calendar other added: Mon–Fri 08:00–20:00 in America/New_York",
    ]);
  });
});

describe("the difference of two lists", () => {
  const lists = fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 8 });

  test("explains the one by the other: what is neither new, gone nor moved is in the same order", () => {
    fc.assert(
      fc.property(lists, lists, (before, after) => {
        const { added, removed, moved } = diffLists(before, after, (name) => name);
        const stays = (list: readonly string[], without: readonly string[]) =>
          list.filter((name) => !without.includes(name));
        expect(stays(before, [...removed, ...moved])).toEqual(stays(after, [...added, ...moved]));
        expect(diffLists(before, before, (name) => name)).toMatchObject({ added: [], removed: [], moved: [] });
      }),
    );
  });

  test("one thing that moved is one move", () => {
    expect(diffLists([..."abcdef"], [..."bcdefa"], (name) => name).moved).toEqual(["a"]);
  });
});
