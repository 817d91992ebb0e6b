import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@ithaca/client";
import { startDesk } from "@ithaca/local";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MIA } from "./callers.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { opsCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { type DeskUnderTest, underTest } from "./start-desk.ts";
import { type CaseSeen, caseWith, factsOf, latenessMs, settledCase } from "./timeline.ts";

const SECOND_MS = 1_000;

/** Long enough for an export, another local cloud and an import: what is armed at the old desk breaches at the new one. */
const PROMISED_SECONDS = 130;
const MOVE_TIMEOUT_SECONDS = 180;
const LATENESS_MAX_MS = 5_000;

const CATEGORIES = ["active", "waiting", "done"] as const;
const TEAMS = ["main", "au"] as const;

/** A case whose clocks are further than this from their dues stays as it is while the desk moves. */
const AT_REST_MS = 600 * SECOND_MS;

/** The numbers of all cases of a desk, as its agents list them. */
async function numbersOf(agent: Client): Promise<string[]> {
  const views = TEAMS.flatMap((team) => CATEGORIES.map((category) => ({ team, category })));
  const numbers: string[] = [];
  for (const view of views) {
    let cursor: string | undefined;
    do {
      const page = await agent.cases.list({ ...view, limit: 100, ...(cursor !== undefined && { cursor }) });
      numbers.push(...page.items.map(({ number }) => number));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  return numbers.sort();
}

/** Those cases of a desk at which nothing is due for a while, by number: state, messages, facts and dues. */
async function casesAtRest(agent: Client): Promise<Record<string, unknown>> {
  const cases = [];
  for (const number of await numbersOf(agent)) cases.push(await agent.cases.read(number));
  const atRest = cases.filter(({ clocks }) =>
    clocks.every(({ state, dueAt }) => state !== "running" || Date.parse(dueAt) > Date.now() + AT_REST_MS),
  );
  return Object.fromEntries(atRest.map((one) => [one.number, kept(one)]));
}

/** What of a case the move may not change. */
function kept({ version, status, priority, team, assigneeId, tier, messages, facts, clocks }: CaseSeen) {
  const dues = clocks.map(({ metric, cycle, dueAt }) => ({ metric, cycle, dueAt }));
  return { version, status, priority, team, assigneeId, tier, messages, facts, dues };
}

describe("when a desk moves to another cloud by export and import", {
  timeout: MOVE_TIMEOUT_SECONDS * SECOND_MS,
}, () => {
  const old = inject("desk");
  let armed: { readonly number: string; readonly dueAt: string };
  let answered: CaseSeen;
  let numbersBefore: string[];
  let before: Record<string, unknown>;
  let moved: DeskUnderTest;
  let inbox: Inbox;
  let stop = async () => {};

  beforeAll(async () => {
    await applyRules(
      old,
      { main: "open", au: "open" },
      { critical: PROMISED_SECONDS, high: PROMISED_SECONDS, low: PROMISED_SECONDS },
    );
    const [customer, agent] = [createCallers(old).user(CLEO), createCallers(old).user(ANA)];
    const { number: quiet } = await customer.sendMessage(message());
    await agent.cases.reply(quiet, { text: "Like this." }, { ifVersion: (await agent.cases.read(quiet)).version });
    answered = await settledCase(agent, quiet);
    const { number, dueAt = "" } = await customer.sendMessage(message({ requestedPriority: "high" }));
    armed = { number, dueAt };
    await settledCase(agent, number);

    const exported = join(mkdtempSync(join(tmpdir(), "ithaca-export-")), "export");
    numbersBefore = await numbersOf(agent);
    before = await casesAtRest(agent);
    await opsCommand(old).run("export", exported);

    const desk = await startDesk({
      dataDir: mkdtempSync(join(tmpdir(), "ithaca-moved-")),
      fresh: true,
      importFrom: exported,
      write: (line) => process.stderr.write(`${line}\n`),
    });
    stop = desk.stop;
    moved = underTest(desk);
    inbox = createInbox(desk.inboxUrl);
  }, MOVE_TIMEOUT_SECONDS * SECOND_MS);
  afterAll(() => stop());

  test("every case is there with its number, and whatever was at rest is as it was, to the due", async () => {
    const agent = createCallers(moved).user(ANA);
    expect(await numbersOf(agent)).toEqual(numbersBefore);
    expect(Object.keys(before)).toContain(answered.number);
    for (const [number, one] of Object.entries(before)) expect(kept(await agent.cases.read(number))).toEqual(one);
  });

  test("agents and customers sign in as before", async () => {
    expect((await createCallers(moved).user(MIA).cases.read(answered.number)).number).toBe(answered.number);
    expect(await createCallers(moved).user(CLEO).self()).toMatchObject({ kind: "customer", personId: "person_cleo" });
    expect((await createCallers(moved).user(CLEO).cases.read(answered.number)).number).toBe(answered.number);
  });

  test("a new case gets a number of the new epoch", async () => {
    const { number } = await createCallers(moved).user(CLEO).sendMessage(message());
    expect(number.charAt(0)).toBe("2");
  });

  test("a clock that was armed breaches once, on time, and nothing that was mailed is mailed again", async () => {
    const secondsLeft = Math.max(0, (Date.parse(armed.dueAt) - Date.now()) / SECOND_MS);
    const agent = createCallers(moved).user(ANA);
    await caseWith(agent, armed.number, "CaseEscalated", secondsLeft + 30);
    const seen = await settledCase(agent, armed.number);
    const breaches = factsOf(seen, "ClockBreached");
    expect(breaches).toMatchObject([{ dueAt: armed.dueAt, cycle: 1 }]);
    const lateMs = breaches.map(latenessMs);
    console.log(`case ${armed.number} moved house and breached ${lateMs.join()} ms after its due`);
    expect(Math.max(...lateMs)).toBeLessThan(LATENESS_MAX_MS);

    await inbox.mail(armed.number, { to: "main-lead@desk.example", subject: /is overdue/ });
    const mails = await inbox.about(armed.number);
    expect(mails.filter(({ subject }) => /We have your message/.test(subject))).toEqual([]);
    expect(await inbox.about(answered.number)).toEqual([]);
  });
});
