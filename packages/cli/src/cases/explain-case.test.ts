import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedCalendars } from "@ithaca/policy";
import { describe, expect, test } from "vitest";
import { runIn } from "../fake-world.ts";
import { NUMBER, signedIn } from "./fake-case.ts";

describe("when a due is explained", () => {
  const span = (kind: string, from: string, until: string, more = {}) => ({
    kind,
    from: `2026-11-${from}:00:00.000Z`,
    until: `2026-11-${until}:00:00.000Z`,
    lengthMs: Date.parse(`2026-11-${until}:00:00Z`) - Date.parse(`2026-11-${from}:00:00Z`),
    on: `2026-11-${from.slice(0, 2)}`,
    ...more,
  });
  const explanation = {
    metric: "first-response",
    cycle: 1,
    state: "running",
    startedAt: "2026-11-25T23:00:00.000Z",
    dueAt: "2026-11-27T15:00:00.000Z",
    rule: { id: "high", policyVersion: 1, passedOver: [{ id: "critical", because: "priority" }] },
    segments: [
      {
        from: "2026-11-25T23:00:00.000Z",
        measuredFrom: "2026-11-25T23:00:00.000Z",
        openMs: 14_400_000,
        team: "main",
        policyVersion: 1,
        ruleId: "high",
        combine: "replace",
        dueAt: "2026-11-27T15:00:00.000Z",
      },
    ],
    spans: [
      span("counted", "25T23", "26T01"),
      span("skipped", "26T01", "26T05", { reason: "night" }),
      span("skipped", "26T05", "27T05", { reason: "holiday", holiday: "Thanksgiving Day" }),
      span("skipped", "27T05", "27T13", { reason: "night" }),
      span("counted", "27T13", "27T15"),
    ],
    openMs: 14_400_000,
    ifMissed: { toTier: 3, tells: ["on-call", "assignee"], ruleId: "urgent", policyVersion: 2 },
    zone: "America/New_York",
    text: [],
  };
  const answer = () => Response.json(explanation);

  test("a person sees each span, the sum and the holidays by name", async () => {
    const { out } = await runIn(["case", "explain", NUMBER], { ...signedIn, answer, isTerminal: true });
    expect(out).toBe(`148 203 917: first-response 1 is due Fri 27 Nov 2026 10:00 (running)
Times are in America/New_York. Rule high of policy 1: 4 h.
Not rule critical: its priority does not match.

DAY              FROM      UNTIL     COUNTED  LEFT OUT  SUM  WHY
Wed 25 Nov 2026  18:00:00  20:00:00  2 h                2 h  open
Wed 25 Nov 2026  20:00:00  00:00:00           4 h            night
Thu 26 Nov 2026  00:00:00  00:00:00           24 h           holiday: Thanksgiving Day
Fri 27 Nov 2026  00:00:00  08:00:00           8 h            night
Fri 27 Nov 2026  08:00:00  10:00:00  2 h                4 h  open

Counted 4 h of 4 h.
Holidays left out: Thanksgiving Day.
Should it be missed: tier 3 (rule urgent of policy 2); on-call and assignee told.
`);
  });

  test("a program gets exact instants and milliseconds, which add up", async () => {
    const { out } = await runIn(["case", "explain", NUMBER], { ...signedIn, answer });
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows.length).toBe(5);
    expect(rows.reduce((sum, [, , , counted]) => sum + Number(counted), 0)).toBe(14_400_000);
    const passed = rows.reduce((sum, [, from = "", until = ""]) => sum + Date.parse(until) - Date.parse(from), 0);
    expect(rows.reduce((sum, [, , , counted, leftOut]) => sum + Number(counted) + Number(leftOut), 0)).toBe(passed);
    expect(rows.at(-1)).toEqual([
      "2026-11-27",
      "2026-11-27T13:00:00.000Z",
      "2026-11-27T15:00:00.000Z",
      "7200000",
      "0",
      "14400000",
      "open",
    ]);
  });

  test("a person sees what is left of a paused clock, and what other priorities would have given", async () => {
    const paused = {
      ...explanation,
      pausedWithMsLeft: 11_400_000,
      counterfactuals: [{ priority: "low", ruleId: "low", dueAt: "2026-11-30T15:00:00.000Z" }],
    };
    const { out } = await runIn(["case", "explain", NUMBER], {
      ...signedIn,
      answer: () => Response.json(paused),
      isTerminal: true,
    });
    expect(out).toContain("Paused, 3 h 10 m left; the due is as if it went on now.");
    expect(out).toContain("Had it been low: Mon 30 Nov 2026 10:00.");
  });

  test("it is drawn into a file, and added up again on the calendars that it names", async () => {
    const [calendar] = shippedCalendars().filter(({ id }) => id === "main-hours");
    const stretch = { from: "2026-11-25T23:00:00.000Z", until: "2026-11-27T15:00:00.000Z", team: "main" };
    const answers = (calendarReference: object) => (request: { url: string }) => {
      if (request.url.endsWith(".svg")) {
        return new Response("<svg/>", { headers: { "content-type": "image/svg+xml" } });
      }
      if (request.url.includes("/calendars/")) return Response.json({ calendar, inForce: 1, versions: [] });
      return Response.json({ ...explanation, stretches: [{ ...stretch, ...calendarReference }] });
    };
    const svg = join(mkdtempSync(join(tmpdir(), "ithaca-")), "why.svg");
    const asked = ["case", "explain", NUMBER, "--check", "--svg", svg];
    const { err } = await runIn(asked, {
      ...signedIn,
      answer: answers({ calendar: { id: "main-hours", version: 1 } }),
    });
    expect(err).toContain("counts 4 h too");
    expect(readFileSync(svg, "utf8")).toBe("<svg/>");

    const wrong = await runIn(asked, { ...signedIn, answer: answers({}) });
    expect(wrong.err).toContain("a clock that always runs skipped time");
  });

  test("another clock is asked for by its metric", async () => {
    const { sent } = await runIn(["case", "explain", NUMBER, "--metric", "next-response"], { ...signedIn, answer });
    expect(sent[0]?.url).toBe(`https://desk.example/v1/cases/${NUMBER}/clocks/next-response/explanation`);
  });
});
