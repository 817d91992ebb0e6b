import { type Effect, Fact, instant, instantOf, Owed } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { announceEffect, announceFact, EFFECT_EVENTS, FACT_EVENTS } from "./announce.ts";
import * as caseEvents from "./case-events.ts";
import * as clockEvents from "./clock-events.ts";
import * as effectEvents from "./effect-events.ts";

const exported = Object.entries({ ...caseEvents, ...clockEvents, ...effectEvents });
const factTypes = Fact.def.options.flatMap((option) => option.shape.type.def.values);
const owedKinds = Owed.def.options.flatMap((option) => option.shape.kind.def.values);

describe("every event", () => {
  test("is seen by these checks", () => expect(exported.length).toBe(factTypes.length + owedKinds.length));

  test.each(exported)("%s is exported under its detail-type", (name, event) => {
    expect(event.type).toBe(name);
    expect(event.pattern).toEqual({ source: ["ithaca"], "detail-type": [name] });
  });

  test.each(exported)("%s is named by case, version and index", (_, event) => {
    expect(Object.keys(event.detail.shape)).toEqual(expect.arrayContaining(["caseId", "version", "index", "at"]));
  });

  test.each(exported)("%s carries nothing that people wrote", (_, event) => {
    const written = ["text", "subject", "name", "address", "reason"].filter((field) => field in event.detail.shape);
    // A clock is cancelled for a reason that is a code, not words.
    expect(written).toEqual(event.type === "ClockCancelled" ? ["reason"] : []);
  });
});

describe("every type of fact", () => {
  test.each(factTypes)("%s has an event", (type) => expect(FACT_EVENTS[type].type).toBe(type));
});

describe("every kind of effect", () => {
  test.each(owedKinds)("%s has an event", (kind) => {
    expect(EFFECT_EVENTS[kind].type.toLowerCase()).toBe(`${kind}owed`);
  });
});

const at = instantOf("2026-03-02T09:00:00Z");
const by = { kind: "agent" as const, id: "prin_ana" };

describe("when a fact is announced", () => {
  test("its entry is what a consumer parses", () => {
    const dueAt = instant(at + 1);
    const fact = {
      type: "ClockBreached",
      at,
      by,
      metric: "first-response",
      cycle: 1,
      dueAt,
      team: "main",
      tier: 1,
    } as const;
    const entry = announceFact("case_148203917", 4, 2, fact);

    expect(entry).toMatchObject({ Source: "ithaca", DetailType: "ClockBreached" });
    expect(JSON.parse(entry.Detail)).toMatchObject({ caseId: "case_148203917", at: "2026-03-02T09:00:00.000Z" });
    const { type: _, ...fields } = fact;
    expect(z.decode(clockEvents.ClockBreached.detail, JSON.parse(entry.Detail))).toEqual({
      caseId: "case_148203917",
      version: 4,
      index: 2,
      ...fields,
    });
  });

  test("a person's reason stays on the case", () => {
    const entry = announceFact("case_148203917", 2, 0, {
      type: "PriorityChanged",
      at,
      by,
      from: "high",
      to: "low",
      reason: "Jo said so",
    });
    expect(entry.Detail).not.toContain("Jo said so");
  });

  test("a link names both cases", () => {
    const entry = announceFact("case_148203917", 1, 2, {
      type: "CaseLinked",
      at,
      by,
      link: "follows",
      caseId: "case_100000006",
    });
    expect(JSON.parse(entry.Detail)).toMatchObject({ caseId: "case_148203917", linkedCaseId: "case_100000006" });
  });
});

describe("when an effect is announced", () => {
  const effect = {
    id: "case_148203917.3.1",
    caseId: "case_148203917",
    version: 3,
    index: 1,
    status: "pending",
    owedAt: at,
    attempts: 0,
  } as const;
  const owed: [Owed, object][] = [
    [
      { kind: "mail", template: "reply", to: { kind: "person", personId: "person_jo" }, messageId: "msg_1" },
      { template: "reply", recipientKind: "person" },
    ],
    [{ kind: "timer", wakeAt: at }, { wakeAt: "2026-03-02T09:00:00.000Z" }],
    [{ kind: "escalation", fromTier: 1 }, { fromTier: 1 }],
    [{ kind: "triage" }, {}],
  ];

  test.each(owed)("%o says what is owed, without who", (what, said) => {
    const entry = announceEffect({ ...effect, owed: what } satisfies Effect);
    expect(JSON.parse(entry.Detail)).toEqual({
      caseId: effect.caseId,
      effectId: effect.id,
      version: 3,
      index: 1,
      at: "2026-03-02T09:00:00.000Z",
      ...said,
    });
  });
});
