import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { eventually } from "./eventually.ts";
import { createInbox } from "./inbox.ts";
import { opsCommand } from "./ithaca.ts";
import { mailsByEffect } from "./mails-by-effect.ts";
import { message } from "./messages.ts";
import { tableDrill } from "./restore-table.ts";
import { rulesOfClock, rulesOfEvents } from "./rules-of-bus.ts";
import { type CaseSeen, caseWith, factsOf, latenessMs, settledCase } from "./timeline.ts";

/** The drill of threats.md, 22: a table is lost, and a backup is put in its place. */

const SECOND_MS = 1_000;

/** One promise is due between the restore and the new timers, the other one after them. */
const PROMISED_SECONDS = { critical: 300, high: 70, low: 155 };
/** A timer that rings is heard by then. */
const RUNG_MS = 8 * SECOND_MS;
/** The sweep that arms looks each minute. */
const ARMED_SECONDS = 60 + 30;
/** The reconciler comes by each minute, and takes what has been owed for some. */
const RECONCILED_SECONDS = 200;
const LATENESS_MAX_MS = 5 * SECOND_MS;
const DRILL_TIMEOUT_MS = 400 * SECOND_MS;

const desk = inject("desk");
const callers = createCallers(desk);
const customer = callers.user(CLEO);
const agent = callers.user(ANA);
const inbox = createInbox(desk.inboxUrl);
const ops = opsCommand(desk);
const { bus } = openCloud(desk);
const mailing = rulesOfEvents(bus, desk, ["send-mail"]);
const byTheClock = rulesOfClock(bus, ["reconcile-desk", "arm-wake-ups"]);

describe("when the table is lost and a backup is put in its place", () => {
  const drill = tableDrill(desk);
  const lost = message();
  let answered: string;
  let dueFirst: { readonly number: string; readonly dueAt: string };
  let dueLater: { readonly number: string; readonly dueAt: string };
  let owed: string;
  let lostNumber: string;
  let missing: string[];
  let sentBefore: ReadonlyMap<string, number>;
  let rungFor: CaseSeen;

  /** What every mail of all cases that the backup holds is for, and how often it was sent. */
  async function mailed(): Promise<Map<string, number>> {
    const all = [answered, dueFirst.number, dueLater.number, owed].map((number) => mailsByEffect(inbox, number));
    return new Map((await Promise.all(all)).flatMap((counts) => [...counts]));
  }

  beforeAll(async () => {
    await applyRules(desk, { main: "open", au: "open" }, PROMISED_SECONDS);
    answered = (await customer.sendMessage(message())).number;
    const { version } = await agent.cases.read(answered);
    await agent.cases.reply(answered, { text: "Like this." }, { ifVersion: version });
    await settledCase(agent, answered);
    dueFirst = await sendPromised("high");
    dueLater = await sendPromised("low");
    for (const { number } of [dueFirst, dueLater]) await settledCase(agent, number);
    await inbox.mail(dueLater.number, { to: CLEO, subject: /We have your message/ });
    await mailing.off();
    owed = (await customer.sendMessage(message())).number;
    sentBefore = await mailed();

    const backup = await drill.backUp();
    lostNumber = (await customer.sendMessage(lost)).number;
    // Nothing that runs by the clock may find the table before it is held.
    await byTheClock.off();
    await drill.restore(backup);
    missing = await drill.missing();
    await ops.run("hold", "--restored");
    await drill.reconnect();
    await drill.putExpired();
    await mailing.on();

    await sleep(Math.max(0, Date.parse(dueFirst.dueAt) - Date.now()) + RUNG_MS);
    rungFor = await agent.cases.read(dueFirst.number);
    await byTheClock.on();
  }, DRILL_TIMEOUT_MS);

  afterAll(async () => {
    await mailing.on();
    await byTheClock.on();
    await ops.run("go-live");
  });

  async function sendPromised(requestedPriority: "high" | "low") {
    const { number, dueAt = "" } = await customer.sendMessage(message({ requestedPriority }));
    return { number, dueAt };
  }

  test("it comes back without its stream, its time to live and its protection, and gets them again", async () => {
    expect(missing).toEqual(["stream", "time to live", "deletion protection"]);
    expect(await drill.missing()).toEqual([]);
  });

  test("every number of the backup is there as before", async () => {
    for (const number of [answered, dueFirst.number, dueLater.number, owed]) {
      expect(number.charAt(0)).toBe("1");
      expect((await agent.cases.read(number)).number).toBe(number);
    }
  });

  test("what came after the backup is gone, its channel brings it again, and it gets a number of the new epoch", async () => {
    await expect(agent.cases.read(lostNumber)).rejects.toThrow();
    const { number } = await customer.sendMessage(lost);
    expect([lostNumber.charAt(0), number.charAt(0)]).toEqual(["1", "2"]);
  });

  test("a timer of the time before wakes nobody, and the sweep arms what is due and what will be", {
    timeout: DRILL_TIMEOUT_MS,
  }, async () => {
    expect(factsOf(rungFor, "ClockBreached")).toEqual([]);
    const overdue = await caseWith(agent, dueFirst.number, "ClockBreached", ARMED_SECONDS);
    expect(factsOf(overdue, "ClockBreached")).toMatchObject([{ dueAt: dueFirst.dueAt }]);

    const secondsLeft = Math.max(0, (Date.parse(dueLater.dueAt) - Date.now()) / SECOND_MS);
    const onTime = await caseWith(agent, dueLater.number, "ClockBreached", secondsLeft + RECONCILED_SECONDS);
    const breaches = factsOf(onTime, "ClockBreached");
    expect(breaches).toMatchObject([{ dueAt: dueLater.dueAt }]);
    const lateMs = breaches.map(latenessMs);
    console.log(`case ${dueLater.number} was restored and breached ${lateMs.join()} ms after its due`);
    expect(Math.max(...lateMs)).toBeLessThan(LATENESS_MAX_MS);
  });

  test("nobody is mailed until go-live; then what is owed goes out once, and nothing that was sent before", {
    timeout: DRILL_TIMEOUT_MS,
  }, async () => {
    expect(await mailed()).toEqual(sentBefore);
    expect(await pendingMails(owed)).toEqual(["acknowledgement"]);
    expect(await pendingMails(dueFirst.number)).toContain("breach");

    await ops.run("go-live");
    for (const number of [owed, dueFirst.number, dueLater.number]) {
      const { effects = [] } = await settledCase(agent, number, RECONCILED_SECONDS);
      const sent = effects.filter(({ owed: { kind }, status }) => kind === "mail" && status === "done");
      await eventually(`${sent.length} mails about ${number}`, async () => {
        const there = await mailsByEffect(inbox, number);
        return sent.every(({ id }) => there.has(id)) ? there : undefined;
      });
    }
    const after = await mailed();
    expect([...after].filter(([, count]) => count !== 1)).toEqual([]);
    expect(after.size).toBeGreaterThan(sentBefore.size);
    await inbox.mail(owed, { to: CLEO, subject: /We have your message/ });
  });

  test("what comes in from then on is told of by the new stream, and not by the reconciler", async () => {
    const { number } = await customer.sendMessage(message());
    await settledCase(agent, number);
    await inbox.mail(number, { to: CLEO, subject: /We have your message/ });
  });

  test("what expires is removed again", async () => {
    await eventually("the removal of an item", async () => ((await drill.hasExpired()) ? undefined : true));
  });

  async function pendingMails(number: string): Promise<string[]> {
    const { effects = [] } = await agent.cases.read(number);
    return effects.flatMap(({ owed: one, status }) =>
      one.kind === "mail" && status === "pending" ? [one.template] : [],
    );
  }
});
