import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Calendar, type Instant, MINUTE_MS, Policy, type TargetRule } from "@ithaca/domain";
import { beforeAll, describe, expect, inject, test } from "vitest";
import * as z from "zod/mini";
import { putRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MIA } from "./callers.ts";
import { signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { CALENDAR_IDS, now, PROMISED_SECONDS, testCalendars, testPolicy } from "./test-rules.ts";
import { caseWith, factsOf, settledCase } from "./timeline.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const customer = callers.user(CLEO);
const agent = callers.user(ANA);

const SECOND_MS = 1_000;
const RESOLVED_SECONDS = 25;
/** Main closes at the next full minute that leaves so much time to open a case before. */
const BEFORE_CLOSING_MS = 40 * SECOND_MS;
/** A calendar's hours are whole minutes, so the closing may be a minute and more away. */
const CLOSING_TIMEOUT_MS = 180 * SECOND_MS;
/** Hours around the present, the same for all that follows: another version of them would move what is not to move. */
const HOURS = testCalendars(now());
const REACTION_SECONDS = 20;

const RESOLUTION: TargetRule = {
  id: "resolution",
  when: { metric: ["resolution"], priority: ["low"] },
  length: { minutes: RESOLVED_SECONDS / 60 },
  clock: "round-the-clock",
  warnings: [],
};

interface Edit {
  /** Main closes then, and au goes on. */
  readonly mainClosesAt?: Instant;
  /** Another length of the medium targets. */
  readonly mediumMinutes?: number;
  /** Clocks that run go over to it. */
  readonly moves?: boolean;
}

/** Puts promises for every metric in force. */
async function apply({ mainClosesAt, mediumMinutes, moves }: Edit = {}): Promise<void> {
  const policy = testPolicy({ main: "open", au: "open" }, { ...PROMISED_SECONDS, critical: 600 });
  const hours = mainClosesAt === undefined ? CALENDAR_IDS.open : "closes-soon";
  const [open] = HOURS;
  if (open === undefined) throw new Error("no calendar to copy");
  const week = Object.fromEntries(
    Object.entries(open.week).map(([day, intervals]) => [
      day,
      (intervals ?? []).map(([opens]) => [opens, new Date(mainClosesAt ?? 0).toISOString().slice(11, 16)]),
    ]),
  ) as Calendar["week"];
  const rules = {
    policy: z.encode(Policy, {
      ...policy,
      teams: policy.teams.map((team) => (team.code === "main" ? { ...team, hours } : team)),
      targets: [
        RESOLUTION,
        ...policy.targets.map((rule) =>
          mediumMinutes !== undefined && rule.when.priority?.includes("medium")
            ? { ...rule, length: { minutes: mediumMinutes } }
            : rule,
        ),
      ],
    }),
    calendars: [...HOURS, { ...open, id: "closes-soon", week }].map((one) => z.encode(Calendar, one)),
  };
  await putRules(desk, rules, ...(moves === true ? ["--move-unfinished"] : []));
}

const versionOf = async (number: string) => ({ ifVersion: (await agent.cases.read(number)).version });
const clockOf = async (number: string, metric: string) =>
  (await agent.cases.read(number)).clocks.find((clock) => clock.metric === metric);

beforeAll(() => apply());

describe.concurrent("when a customer writes again after an answer", () => {
  test("the next response has a clock of its own, is broken once, and no agent excuses it", async () => {
    const { number } = await customer.sendMessage(message({ requestedPriority: "high" }));
    await agent.cases.reply(number, { text: "Like this." }, await versionOf(number));
    expect(await clockOf(number, "next-response")).toBeUndefined();

    const again = await customer.sendMessage(message({ caseNumber: number, text: "And how do I undo it?" }));
    expect(again.joined).toBe(true);
    const due = Date.parse(again.receivedAt) + PROMISED_SECONDS.high * SECOND_MS;
    const started = await clockOf(number, "next-response");
    expect(started).toMatchObject({ state: "running", cycle: 1, dueAt: new Date(due).toISOString() });

    const broken = await caseWith(agent, number, "ClockBreached", PROMISED_SECONDS.high + REACTION_SECONDS);
    expect(factsOf(broken, "ClockBreached")).toMatchObject([
      { metric: "next-response", cycle: 1, dueAt: started?.dueAt },
    ]);
    // Only a lead may excuse it.
    const ithaca = await signedInCommand(desk, MIA);
    const waiver = ["case", "waive", number, "--metric", "next-response", "--reason", "We were told not to answer."];
    expect(await ithaca.tryTo(...waiver)).toMatchObject({ exitCode: 4 });
  });
});

describe.concurrent("when a case waits for its customer", () => {
  test("its resolution is paused with what is left, breaches not, and goes on from there", async () => {
    const { number } = await customer.sendMessage(message({ requestedPriority: "low" }));
    await agent.cases.reply(number, { text: "Which version is it?" }, await versionOf(number));
    await agent.cases.changeStatus(number, { status: "waiting-on-customer" }, await versionOf(number));
    const paused = await clockOf(number, "resolution");
    expect(paused?.state).toBe("paused");

    await sleep((RESOLVED_SECONDS + 2) * SECOND_MS);
    const still = await clockOf(number, "resolution");
    expect(still).toMatchObject({ state: "paused", msLeft: paused?.msLeft });
    expect(factsOf(await agent.cases.read(number), "ClockBreached")).toEqual([]);

    // The answer of the customer lets the case go on by itself.
    const answer = await customer.sendMessage(message({ caseNumber: number, text: "It is 4.2." }));
    const running = await clockOf(number, "resolution");
    expect(running?.state).toBe("running");
    const dueMs = Date.parse(running?.dueAt ?? "") - Date.parse(answer.receivedAt) - (paused?.msLeft ?? 0);
    expect(dueMs).toBeGreaterThanOrEqual(0);
    expect(dueMs).toBeLessThan(5 * SECOND_MS);

    const ithaca = await signedInCommand(desk, ANA);
    const svg = join(mkdtempSync(join(tmpdir(), "ithaca-clocks-")), "why.svg");
    const explained = await ithaca.run("case", "explain", number, "--metric", "resolution", "--check", "--svg", svg);
    expect(explained).toContain("paused");
    expect(readFileSync(svg, "utf8")).toContain("paused");
    await agent.cases.resolve(number, { text: "Then update it." }, await versionOf(number));
    expect(await clockOf(number, "resolution")).toMatchObject({ state: "met" });
  });
});

describe("when the team of an unanswered critical case closes", () => {
  test(
    "the case is handed over to the team that is open, and its clock runs on",
    async () => {
      const closesAt = (Math.ceil((Date.now() + BEFORE_CLOSING_MS) / MINUTE_MS) * MINUTE_MS) as Instant;
      await apply({ mainClosesAt: closesAt });
      const { number, team, dueAt } = await customer.sendMessage(message({ requestedPriority: "critical" }));
      expect(team).toBe("main");

      const secondsToClosing = (closesAt - Date.now()) / SECOND_MS;
      const handedOver = await caseWith(agent, number, "ClockRetargeted", secondsToClosing + REACTION_SECONDS);
      expect(handedOver).toMatchObject({ team: "au", clocks: [{ metric: "first-response", state: "running", dueAt }] });
      const [routed] = factsOf(handedOver, "CaseRouted").slice(-1);
      expect(Date.parse(routed?.at ?? "")).toBeGreaterThanOrEqual(closesAt);
      await settledCase(agent, number);
    },
    CLOSING_TIMEOUT_MS,
  );
});

describe("when another policy comes into force", () => {
  test("a clock that runs keeps its promise, unless the policy moves what is unfinished", async () => {
    await apply();
    const { number, dueAt, receivedAt } = await customer.sendMessage(message({ requestedPriority: "medium" }));
    await apply({ mediumMinutes: 60 });
    const another = await customer.sendMessage(message({ requestedPriority: "medium" }));
    expect(Date.parse(another.dueAt ?? "") - Date.parse(another.receivedAt)).toBe(60 * MINUTE_MS);
    expect(await clockOf(number, "first-response")).toMatchObject({ dueAt });
    await apply({ mediumMinutes: 30, moves: true });
    const movedTo = new Date(Date.parse(receivedAt) + 30 * MINUTE_MS).toISOString();
    expect(await clockOf(number, "first-response")).toMatchObject({ dueAt: movedTo });
    const { segments, rule } = await agent.cases.explain(number, "first-response");
    expect(segments.at(-1)?.combine).toBe("move");
    expect(rule.policyVersion).toBeGreaterThan(segments[0]?.policyVersion ?? 0);
  });
});
