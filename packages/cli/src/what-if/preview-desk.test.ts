import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emptySummary, instantOf, PreviewResult } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { signedIn } from "../cases/fake-case.ts";
import { runIn, type Sent } from "../fake-world.ts";

const FILE = join(mkdtempSync(join(tmpdir(), "ithaca-")), "policy.json");
writeFileSync(FILE, JSON.stringify(shippedRules.policy));
const CALENDAR = join(mkdtempSync(join(tmpdir(), "ithaca-")), "hours.json");
writeFileSync(CALENDAR, JSON.stringify(shippedRules.calendars[0]));

const range = { from: instantOf("2026-02-01T00:00:00Z"), until: instantOf("2026-03-02T15:00:00Z") };
const RESULT = z.encode(PreviewResult, {
  ...range,
  asOf: range.until,
  summary: { ...emptySummary(), cases: 7, casesChanged: 2 },
  examples: [],
});
const running = (cases: number) => ({
  id: "prev_1",
  state: "running",
  ...RESULT,
  months: [
    { month: "2026-02", cases, done: cases > 4 },
    { month: "2026-03", cases: 0, done: false },
  ],
  result: undefined,
});

/** A desk that needs three looks. */
function desk() {
  let looks = 0;
  return ({ method }: Sent) => {
    if (method === "POST") return Response.json(running(0), { status: 202 });
    looks += 1;
    return Response.json(looks < 3 ? running(looks * 3) : { ...running(7), state: "done", result: RESULT });
  };
}

const preview = (args: readonly string[], answer: (sent: Sent) => Response, more = {}) =>
  runIn([...args, "--every", "0"], { ...signedIn, answer, ...more });

describe("a proposal that a desk previews", () => {
  test("is sent with how far to look back, waited for, and shown", async () => {
    const { sent, out, err, exitCode } = await preview(["policy", "preview", FILE, "--over", "30d"], desk(), {
      isTerminal: true,
    });
    expect(exitCode).toBe(0);
    expect(sent[0]).toMatchObject({ method: "POST", url: "https://desk.example/v1/policy/previews" });
    expect(sent[0]?.body).toEqual({ policy: shippedRules.policy, days: 30 });
    expect(sent[0]?.headers.get("idempotency-key")).toBe("new-id");
    expect(sent.slice(1).map(({ url }) => url)).toEqual(
      Array(3).fill("https://desk.example/v1/policy/previews/prev_1"),
    );
    expect(err).toContain("To come back to it: ithaca policy preview --job prev_1");
    expect(err).toContain("0 of 2 months, 3 cases …\n1 of 2 months, 6 cases …");
    expect(out).toContain("2 of 7 cases");
  });

  test("can be a calendar, and is JSON for a program", async () => {
    const { sent, out, err } = await preview(["calendar", "preview", CALENDAR, "--json"], desk());
    expect(sent[0]?.body).toEqual({ calendars: [shippedRules.calendars[0]], days: 90 });
    expect(err).toContain("ithaca calendar preview --job prev_1");
    expect(JSON.parse(out)).toEqual(RESULT);
  });

  test("is come back to by its id", async () => {
    const { sent, out } = await preview(["policy", "preview", "--job", "prev_1", "--json"], desk());
    expect(sent.map(({ method }) => method)).toEqual(["GET", "GET", "GET"]);
    expect(JSON.parse(out)).toEqual(RESULT);
  });

  test("over a time without a case changes nothing, which is no failure", async () => {
    const none = () =>
      Response.json(
        { type: "urn:ithaca:problem:no-cases", title: "No cases", status: 422, detail: "" },
        { status: 422 },
      );
    const { out, err, exitCode } = await preview(["policy", "preview", FILE, "--over", "1d"], none);
    expect([exitCode, out]).toEqual([0, ""]);
    expect(err).toContain("No case was opened from 2026-03-01T15:00:00.000Z");
  });

  test("with a fault is refused by the desk, with the field", async () => {
    const errors = [{ path: "policy.defaultTeam", message: "there is no team nobody" }];
    const bad = {
      type: "urn:ithaca:problem:invalid-request",
      title: "Invalid request",
      status: 400,
      detail: "",
      errors,
    };
    const { err, exitCode } = await preview(["policy", "preview", FILE], () => Response.json(bad, { status: 400 }));
    expect(exitCode).toBe(1);
    expect(err).toContain("policy.defaultTeam there is no team nobody");
  });

  test.each([[["policy", "preview"]], [["policy", "preview", FILE, "--job", "prev_1"]]])(
    "%j says neither or both of what it is of",
    async (args) => {
      const { exitCode, err, sent } = await preview(args, desk());
      expect([exitCode, sent]).toEqual([2, []]);
      expect(err).toContain("Give a file, or --job");
    },
  );
});
