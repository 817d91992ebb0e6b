import { type Actor, type Metric, type Policy, resolve, system, wake } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { AGENT, namedBy, openReactionDesk, type ReactionDesk } from "../fixtures/reaction-desk.ts";
import { escalateCase } from "./escalate-case.ts";

const BY: Actor = { kind: "agent", id: AGENT };
const CLOCK = system("wake-case");

let desk: ReactionDesk;
let caseId: string;
beforeEach(async () => {
  desk = openReactionDesk("2026-06-10T14:00:00Z");
  await desk.enrol();
  caseId = await desk.open({ requestedPriority: "high" });
  desk.moveTo("2026-06-10T18:00:01Z");
  await desk.cases.change(caseId, (current, rulebook, now) => wake(current, rulebook, now, CLOCK));
});

const tier = async () => (await desk.cases.read(caseId))?.tier;
const ended = async () => {
  const { status, reason, outcome } = await desk.effectOf(caseId, "escalation");
  return { status, reason, outcome };
};
const escalateIt = async (ports: ReactionDesk = desk) =>
  escalateCase(namedBy(await desk.effectOf(caseId, "escalation")), ports);

describe("when a target is missed", () => {
  test("the case goes up one tier, and its lead is owed the news", async () => {
    await escalateIt();
    expect(await tier()).toBe(2);
    expect(await ended()).toEqual({ status: "done", reason: undefined, outcome: "tier 2" });
    const mails = await desk.effectsOf(caseId, "mail");
    expect(mails.filter(({ owed }) => owed.kind === "mail" && owed.template === "escalation")).toHaveLength(1);
  });

  test("told twice, one after the other or at once, it goes up once", async () => {
    await Promise.all([escalateIt(), escalateIt()]);
    await escalateIt();
    expect(await tier()).toBe(2);
  });

  test("a crash before the record is made good without another tier", async () => {
    const crashing = { ...desk, effects: { ...desk.effects, end: () => Promise.reject(new Error("crashed")) } };
    await expect(escalateIt(crashing)).rejects.toThrow("crashed");
    await escalateIt();
    expect(await tier()).toBe(2);
    expect(await ended()).toMatchObject({ status: "done" });
  });

  test("a case that was resolved meanwhile is left alone", async () => {
    await desk.cases.change(caseId, (current, rulebook, now) => resolve(current, undefined, rulebook, now, BY));
    await escalateIt();
    expect(await tier()).toBe(1);
    expect(await ended()).toMatchObject({ status: "abandoned", reason: "superseded" });
  });

  async function live(edit: Partial<Policy>): Promise<void> {
    const { policy } = await desk.rulebooks.inForce(desk.clock());
    const at = desk.clock();
    const change = { by: "prin_max", at, reason: "another way up", inForceFrom: at };
    const { revision } = await desk.rules.timeline();
    expect(await desk.rules.putPolicy({ ...policy, version: 2, ...edit }, change, revision)).toBe(true);
  }

  test("it goes where the first matching rule of the policy says, by the promise that was broken", async () => {
    const rule = (id: string, metric: Metric, toTier: number) => ({
      id,
      when: { metric: [metric] },
      toTier,
      tells: ["on-call" as const, "team-lead" as const],
    });
    await live({ escalation: [rule("solution", "resolution", 2), rule("answer", "first-response", 3)] });
    await escalateIt();
    expect(await tier()).toBe(3);
    const facts = (await desk.cases.facts(caseId, 0, 10)).flatMap((append) => append.facts);
    expect(facts.at(-1)).toMatchObject({ type: "CaseEscalated", ruleId: "answer", policyVersion: 2 });
  });

  test.each<[string, Partial<Policy>]>([
    ["at the top", { topTier: 1 }],
    ["that no rule takes up", { escalation: [] }],
  ])("a case %s stays there, with the reason", async (_, edit) => {
    await live(edit);
    await escalateIt();
    expect(await tier()).toBe(1);
    expect(await ended()).toMatchObject({ status: "abandoned", reason: "refused" });
  });
});
