import { cpSync, mkdtempSync, readdirSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@ithaca/client";
import { MISSING_TEXT } from "@ithaca/domain";
import { startDesk } from "@ithaca/local";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MIA } from "./callers.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { type CommandEnding, opsCommand } from "./ithaca.ts";
import { loseText } from "./lose-text.ts";
import { message } from "./messages.ts";
import { type DeskUnderTest, underTest } from "./start-desk.ts";
import { type CaseSeen, caseWith, factsOf, latenessMs, settledCase } from "./timeline.ts";

const SECOND_MS = 1_000;

/** Long enough for an export and an import: what is armed at the old desk breaches at the new one. */
const PROMISED_SECONDS = 130;
/** The reconciler comes by each minute, and takes what has been owed for some. */
const RECONCILED_SECONDS = 200;
const MOVE_TIMEOUT_SECONDS = 300;
const LATENESS_MAX_MS = 5_000;

const CATEGORIES = ["active", "waiting", "done"] as const;
const TEAMS = ["main", "au"] as const;

/** A case whose clocks are further than this from their dues stays as it is while the desk moves. */
const AT_REST_MS = 600 * SECOND_MS;

/** A text that a case does not hold itself. */
const LONG = "It says no. ".repeat(1_000);

const newFolder = (name: string) => join(mkdtempSync(join(tmpdir(), `ithaca-${name}-`)), "export");

/** A copy of an export of which a file of cases is cut off, as on a disk that was full. */
function cutOff(exported: string): string {
  const copy = newFolder("cut-off");
  cpSync(exported, copy, { recursive: true });
  const cases = readdirSync(copy).filter((name) => name.startsWith("cases-"));
  truncateSync(join(copy, cases.at(-1) ?? "no file of cases"), 100);
  return copy;
}

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
  let lost: { readonly number: string; readonly messageId: string };
  let refusedExport: CommandEnding;
  let meanwhile: string;
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
    lost = await customer.sendMessage(message({ text: LONG }));
    await settledCase(agent, lost.number);
    await loseText(old, lost.messageId);
    refusedExport = await opsCommand(old).tryTo("export", newFolder("refused"));

    const desk = await startDesk({
      dataDir: mkdtempSync(join(tmpdir(), "ithaca-moved-")),
      fresh: true,
      write: (line) => process.stderr.write(`${line}\n`),
    });
    stop = desk.stop;
    moved = underTest(desk);
    inbox = createInbox(desk.inboxUrl);

    const { number, dueAt = "" } = await customer.sendMessage(message({ requestedPriority: "high" }));
    armed = { number, dueAt };
    await settledCase(agent, number);

    await opsCommand(old).run("hold");
    const exported = newFolder("export");
    numbersBefore = await numbersOf(agent);
    before = await casesAtRest(agent);
    await opsCommand(old).run("export", exported, "--allow-missing");
    meanwhile = (await customer.sendMessage(message())).number;
    await bringIn(exported);
  }, MOVE_TIMEOUT_SECONDS * SECOND_MS);
  afterAll(async () => {
    await stop();
    await opsCommand(old).run("go-live");
  });

  /** Brings an export into the new desk as an operator does whose first copy of it is damaged. */
  async function bringIn(exported: string): Promise<void> {
    const ops = opsCommand(moved);
    const password = ["--password-env", "ITHACA_DEMO_PASSWORD"] as const;
    const broken = await ops.tryTo("import", cutOff(exported), ...password);
    expect([broken.exitCode, broken.errors]).toEqual([1, expect.stringContaining("cases-")]);
    const tooEarly = await ops.tryTo("go-live");
    expect([tooEarly.exitCode, tooEarly.errors]).toEqual([1, expect.stringContaining("is not finished")]);
    expect(await ops.run("import", "--abandon")).toMatch(/is given up after \d+ whole parts/);
    expect((await ops.tryTo("import", "--abandon")).exitCode).toBe(4);

    expect(await ops.run("import", exported, ...password)).toMatch(/^Imported: epoch 2, \d+ sign-ins bound anew\.$/m);
    expect(await ops.run("import", exported, ...password)).toContain("Was imported before: epoch 2");
    expect(await ops.run("go-live")).toBe("Ithaca is live.\n");
  }

  test("an export without the text of a message says which, and ends well only when that is allowed", async () => {
    expect(refusedExport).toMatchObject({ exitCode: 1, errors: expect.stringContaining(lost.messageId) });
    const { messages } = await createCallers(moved).user(ANA).cases.read(lost.number);
    expect(messages).toMatchObject([{ id: lost.messageId, text: MISSING_TEXT }]);
  });

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

  test("the old desk takes messages in while it is held, and mails nobody until it goes live", async () => {
    const [agent, oldInbox] = [createCallers(old).user(ANA), createInbox(old.inboxUrl)];
    const { effects = [] } = await agent.cases.read(meanwhile);
    expect(effects.filter(({ owed }) => owed.kind === "mail")).toMatchObject([{ status: "pending" }]);
    expect(await oldInbox.about(meanwhile)).toEqual([]);
    await opsCommand(old).run("go-live");
    await oldInbox.mail(meanwhile, { to: CLEO, subject: /We have your message/ }, RECONCILED_SECONDS);
  });
});
