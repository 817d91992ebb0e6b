import { ATTEMPTS_MAX, type Effect, HOUR_MS, instant, MINUTE_MS, SECOND_MS, toIso } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openReactionDesk, type ReactionDesk, UNHURRIED } from "../fixtures/reaction-desk.ts";
import { queueBody } from "../runtime/envelope.ts";
import { reconcileDesk } from "./reconcile-desk.ts";

const OPENED = "2026-06-10T14:00:00Z";

let desk: ReactionDesk;
beforeEach(async () => {
  desk = openReactionDesk(OPENED);
  await desk.enrol();
});

const repeated = () => desk.reactionsSent.map(({ kind }) => kind).sort();
const again = async (effect: Effect) => (await desk.effects.read(effect.caseId, effect.id)) ?? effect;

async function finish(caseId: string): Promise<void> {
  for (const { id } of await desk.effects.ofCase(caseId, 500)) {
    await desk.effects.end(caseId, id, { status: "done" }, desk.clock());
  }
}

describe("on a good day", () => {
  test("nothing is done again", async () => {
    await finish(await desk.open({ requestedPriority: "high" }));
    desk.moveOn(HOUR_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect([desk.reactionsSent, desk.wakeUpsSent, desk.counts]).toEqual([[], [], {}]);
  });

  test("what has been owed for less than the grace is left to whoever has it", async () => {
    await desk.open({ requestedPriority: "high" });
    desk.moveOn(MINUTE_MS - SECOND_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(desk.reactionsSent).toEqual([]);
  });
});

describe("when an event was lost", () => {
  test("what is owed goes to the queue of its kind, as the bus would have put it there", async () => {
    const caseId = await desk.open({ requestedPriority: "high" });
    const mail = await desk.effectOf(caseId, "mail");
    desk.moveOn(MINUTE_MS + SECOND_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).toEqual(["mail", "timer"]);
    const sent = desk.reactionsSent.find(({ kind }) => kind === "mail");
    expect(sent && JSON.parse(queueBody(sent.entry))).toMatchObject({
      source: "ithaca",
      "detail-type": "MailOwed",
      detail: { caseId, effectId: mail.id, template: "acknowledgement" },
    });
    expect(desk.counts).toEqual({ "effects-repeated": 2 });
    expect(desk.measures).toEqual({ "longest-owed-seconds": 61 });
  });

  test("a triage that was never made is asked for again", async () => {
    await desk.open({ untriaged: true });
    desk.moveOn(2 * MINUTE_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).toEqual(["mail", "triage"]);
  });

  test("mail stays free for whoever sends it, and a claim of it is respected until it runs out", async () => {
    const mail = await desk.effectOf(await desk.open(), "mail");
    desk.moveOn(2 * MINUTE_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(await again(mail)).toMatchObject({ status: "pending", attempts: 0 });

    await desk.effects.claim(mail.caseId, mail.id, desk.clock(), MINUTE_MS);
    desk.reactionsSent.length = 0;
    desk.moveOn(SECOND_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).not.toContain("mail");
    desk.moveOn(3 * MINUTE_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).toContain("mail");
  });

  test("the others rest longer after each attempt", async () => {
    const timer = await desk.effectOf(await desk.open({ requestedPriority: "high" }), "timer");
    desk.moveOn(MINUTE_MS + SECOND_MS);
    await reconcileDesk(UNHURRIED, desk);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated().filter((kind) => kind === "timer")).toHaveLength(1);
    expect(await again(timer)).toMatchObject({ attempts: 1, nextAttemptAt: instant(desk.clock() + 30 * SECOND_MS) });
  });

  test("what nothing can do is given up after the last attempt, with the reason", async () => {
    const timer = await desk.effectOf(await desk.open({ requestedPriority: "high" }), "timer");
    for (let run = 0; run <= ATTEMPTS_MAX; run += 1) {
      desk.moveOn(2 * HOUR_MS);
      await reconcileDesk(UNHURRIED, desk);
    }
    expect(await again(timer)).toMatchObject({
      status: "abandoned",
      reason: "attempts-exhausted",
      attempts: ATTEMPTS_MAX,
    });
    expect(desk.counts["effects-exhausted"]).toBe(1);
  });
});

describe("when more mail is owed than can be sent", () => {
  const MAILS = 200;
  const SENT_A_MINUTE = 4;

  /** An hour of minutes: the queue is emptied slowly from its front, the reconciler runs, and says what it repeated. */
  async function anHour(): Promise<{ longestQueue: number; queuedAgain: Map<string, number[]> }> {
    const queue: string[] = [];
    for (let mail = 0; mail < MAILS; mail += 1) queue.push(await desk.open());
    const queuedAgain = new Map<string, number[]>();
    let longestQueue = 0;
    for (let minute = 1; minute <= 60; minute += 1) {
      desk.moveOn(MINUTE_MS);
      for (const caseId of queue.splice(0, SENT_A_MINUTE)) await finish(caseId);
      await reconcileDesk(UNHURRIED, desk);
      for (const { kind, entry } of desk.reactionsSent.splice(0)) {
        if (kind !== "mail") continue;
        const { caseId } = JSON.parse(entry.Detail);
        queue.push(caseId);
        queuedAgain.set(caseId, [...(queuedAgain.get(caseId) ?? []), minute]);
      }
      longestQueue = Math.max(longestQueue, queue.length);
    }
    return { longestQueue, queuedAgain };
  }

  test("each is queued again at most once a rest, each rest twice as long", async () => {
    const { longestQueue, queuedAgain } = await anHour();
    expect(queuedAgain.size).toBeGreaterThan(MAILS / 2);
    for (const minutes of queuedAgain.values()) {
      const rests = minutes.slice(1).map((minute, at) => minute - (minutes[at] ?? 0));
      for (const [at, rest] of rests.entries()) expect(rest).toBeGreaterThanOrEqual(2 ** (at - 1));
    }
    // An hour holds six rests that double from 30 seconds on: no mail is more than so often on its queue.
    expect(Math.max(...[...queuedAgain.values()].map((minutes) => minutes.length))).toBeLessThanOrEqual(7);
    expect(longestQueue).toBeLessThanOrEqual(7 * MAILS);
  });
});

test("triage is asked for until it is made, for nothing else gives a case its clock", async () => {
  const triage = await desk.effectOf(await desk.open({ untriaged: true }), "triage");
  for (let run = 0; run <= ATTEMPTS_MAX; run += 1) {
    desk.moveOn(2 * HOUR_MS);
    await reconcileDesk(UNHURRIED, desk);
  }
  desk.reactionsSent.length = 0;
  desk.moveOn(2 * HOUR_MS);
  await reconcileDesk(UNHURRIED, desk);
  expect(await again(triage)).toMatchObject({ status: "claimed", attempts: ATTEMPTS_MAX + 2 });
  expect(repeated()).toContain("triage");
});

test("what this code cannot read is counted, and keeps nothing else from being done", async () => {
  await desk.open({ requestedPriority: "high" });
  const { overdue } = desk.effects;
  const effects: typeof desk.effects = {
    ...desk.effects,
    overdue: async (...asked) => ({ ...(await overdue(...asked)), unreadable: 1 }),
  };
  desk.moveOn(2 * MINUTE_MS);
  await reconcileDesk(UNHURRIED, { ...desk, effects });
  expect(repeated()).toEqual(["mail", "timer"]);
  expect(desk.counts["effects-unreadable"]).toBe(1);
});

describe("while outbound is held", () => {
  test("mail is left alone, all else is done", async () => {
    await desk.open({ requestedPriority: "high" });
    await desk.desk.bumpEpoch();
    desk.moveOn(2 * MINUTE_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).toEqual(["timer"]);
    await desk.desk.goLive();
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).toEqual(["mail", "timer"]);
  });

  test("any amount of held mail does not keep a timer waiting", async () => {
    for (let mail = 0; mail < 60; mail += 1) await finishAllButMail(await desk.open({ requestedPriority: "high" }));
    desk.moveOn(SECOND_MS);
    await desk.open({ requestedPriority: "high" });
    await desk.desk.bumpEpoch();
    desk.moveOn(2 * MINUTE_MS);
    await reconcileDesk(UNHURRIED, desk);
    expect(repeated()).toEqual(["timer"]);
  });

  async function finishAllButMail(caseId: string): Promise<void> {
    const { id } = await desk.effectOf(caseId, "timer");
    await desk.effects.end(caseId, id, { status: "done" }, desk.clock());
  }
});

describe("when a timer never woke its case", () => {
  test("the case is woken once it is overdue by more than 90 seconds", async () => {
    const caseId = await desk.open({ requestedPriority: "high" });
    await finish(caseId);
    desk.moveTo("2026-06-10T17:01:29Z");
    await reconcileDesk(UNHURRIED, desk);
    expect(desk.wakeUpsSent).toEqual([]);

    desk.moveTo("2026-06-10T17:01:31Z");
    await reconcileDesk(UNHURRIED, desk);
    const [sent] = desk.wakeUpsSent;
    expect(sent && { ...sent.wakeUp, wakeAt: toIso(sent.wakeUp.wakeAt) }).toEqual({
      caseId,
      wakeAt: "2026-06-10T17:00:00.000Z",
      epoch: 1,
    });
    expect(desk.counts).toEqual({ "wake-ups-repeated": 1 });
  });

  test("after a restore it is woken in the new epoch", async () => {
    await finish(await desk.open({ requestedPriority: "high" }));
    await desk.desk.bumpEpoch();
    desk.moveTo("2026-06-10T19:00:00Z");
    await reconcileDesk(UNHURRIED, desk);
    expect(desk.wakeUpsSent.map(({ wakeUp }) => wakeUp.epoch)).toEqual([2]);
  });
});

describe("a run without time", () => {
  test("leaves everything to the next", async () => {
    await desk.open({ requestedPriority: "high" });
    desk.moveOn(HOUR_MS);
    await reconcileDesk({ remainingMs: () => 0 }, desk);
    expect(desk.reactionsSent).toEqual([]);
  });
});
