import { beforeEach, describe, expect, test } from "vitest";
import {
  type DeadLetter,
  listDeadLetters,
  type QueuePair,
  type Queues,
  queuesOf,
  redriveDeadLetters,
} from "./dead-letters.ts";

const MAIL = { name: "send-mail", url: "q/mail", deadLettersUrl: "q/mail-dead" } satisfies QueuePair;
const TIMER = { name: "set-timer", url: "q/timer", deadLettersUrl: "q/timer-dead" } satisfies QueuePair;
const OUTPUTS = {
  Queues: JSON.stringify({
    "send-mail": { url: MAIL.url, deadLettersUrl: MAIL.deadLettersUrl },
    "set-timer": { url: TIMER.url, deadLettersUrl: TIMER.deadLettersUrl },
  }),
};

let held: Record<string, DeadLetter[]>;
let refused: Set<string>;
let hidden: Set<string>;

const letter = (id: string, body: unknown): DeadLetter => ({
  id,
  handle: id,
  sentAt: "2026-03-02T15:00:00.000Z",
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** Queues that give at most two at once, and not twice what somebody has. */
const queues: Queues = {
  depth: async (url) => held[url]?.length ?? 0,
  take: async (url) => {
    const some = (held[url] ?? []).filter(({ id }) => !hidden.has(id)).slice(0, 2);
    for (const { id } of some) hidden.add(id);
    return some;
  },
  put: async (url, letters) => {
    const taken = letters.filter(({ id }) => !refused.has(id));
    held[url] = [...(held[url] ?? []), ...taken];
    return taken;
  },
  remove: async (url, letters) => {
    held[url] = (held[url] ?? []).filter(({ id }) => !letters.some((one) => one.id === id));
  },
};

beforeEach(() => {
  refused = new Set();
  hidden = new Set();
  held = {
    [MAIL.deadLettersUrl]: [
      letter("m1", { "detail-type": "MailOwed", detail: { caseId: "case_1", text: "secret" } }),
      letter("m2", "no json"),
      letter("m3", { "detail-type": "MailOwed", detail: {} }),
    ],
    [TIMER.deadLettersUrl]: [letter("t1", { caseId: "case_2", wakeAt: "…" })],
  };
});

const ids = (url: string) => (held[url] ?? []).map(({ id }) => id);

describe("the queues of a stack", () => {
  test("are all of its output, or the one that is named", () => {
    expect(queuesOf(OUTPUTS)).toEqual([MAIL, TIMER]);
    expect(queuesOf(OUTPUTS, "set-timer")).toEqual([TIMER]);
  });

  test("are named when another is asked for", () => {
    expect(() => queuesOf(OUTPUTS, "mail")).toThrow("There is no queue mail; there are: send-mail, set-timer.");
  });
});

describe("when dead letters are looked at", () => {
  test("event and case of each are told, nothing else of its body, and all stay", async () => {
    const listed = await listDeadLetters(queues, [MAIL, TIMER], 20);
    expect(listed.map(({ queue, id, event, caseId }) => [queue, id, event, caseId])).toEqual([
      ["send-mail", "m1", "MailOwed", "case_1"],
      ["send-mail", "m2", "", ""],
      ["send-mail", "m3", "MailOwed", ""],
      ["set-timer", "t1", "", "case_2"],
    ]);
    expect(ids(MAIL.deadLettersUrl)).toEqual(["m1", "m2", "m3"]);
  });

  test("there are at most as many of each queue as were asked for", async () => {
    expect(await listDeadLetters(queues, [MAIL, TIMER], 1)).toHaveLength(2);
  });
});

describe("when dead letters are redriven", () => {
  test("those of a function that runs by the clock are taken away, for nothing waits for them", async () => {
    const runs: QueuePair = { name: "arm-wake-ups", deadLettersUrl: TIMER.deadLettersUrl };
    expect(await redriveDeadLetters(queues, runs)).toBe(1);
    expect(ids(TIMER.deadLettersUrl)).toEqual([]);
  });

  test("they are in their queue again, and no longer dead", async () => {
    expect(await redriveDeadLetters(queues, MAIL)).toBe(3);
    expect([ids(MAIL.url), ids(MAIL.deadLettersUrl)]).toEqual([["m1", "m2", "m3"], []]);
    expect(ids(TIMER.deadLettersUrl)).toEqual(["t1"]);
  });

  test("those that the queue does not take stay dead letters, and it is told", async () => {
    refused.add("m2");
    await expect(redriveDeadLetters(queues, MAIL)).rejects.toThrow("1 were not taken; they stay.");
    expect([ids(MAIL.url), ids(MAIL.deadLettersUrl)]).toEqual([["m1"], ["m2", "m3"]]);
  });

  test("an empty queue is left alone", async () => {
    held[MAIL.deadLettersUrl] = [];
    expect(await redriveDeadLetters(queues, MAIL)).toBe(0);
  });
});
