import type { EventEntry } from "@ithaca/contracts";
import type { Item } from "@ithaca/store";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk } from "../fixtures/request-desk.ts";
import { manifest } from "../intake/receive-message.manifest.ts";
import { receiveMessage } from "../intake/receive-message.ts";
import type { StreamRecord } from "../runtime/on-stream.ts";
import { publishFacts } from "./publish-facts.ts";

let put: EventEntry[][];
let pauses: number[];
let counts: Record<string, number>;
/** What the bus does with a batch: the places that it does not take. */
let answer: (entries: readonly EventEntry[], time: number) => number[];

const ports = {
  bus: {
    put: async (entries: readonly EventEntry[]) => {
      put.push([...entries]);
      return answer(entries, put.length);
    },
  },
  pause: async (ms: number) => {
    pauses.push(ms);
  },
  count: (metric: string, by = 1) => {
    counts[metric] = (counts[metric] ?? 0) + by;
  },
};

beforeEach(() => {
  put = [];
  pauses = [];
  counts = {};
  answer = () => [];
});

/** What the table's stream tells of so many cases that were opened. */
async function openedCases(cases: number): Promise<StreamRecord[]> {
  const desk = await openRequestDesk();
  const send = desk.route(manifest, receiveMessage);
  desk.inserted.length = 0;
  for (let opened = 1; opened <= cases; opened += 1) {
    const body = { channel: "portal", channelMessageId: `m-${opened}`, text: "A secret?", subject: "Secret" };
    await send({ as: "cleo", body });
  }
  return desk.inserted.map((item, at) => record(String(at), item));
}

function record(sequenceNumber: string, item: Item | (() => Item), inserted = true): StreamRecord {
  return { sequenceNumber, inserted, item: typeof item === "function" ? item : () => item };
}

function types(): string[] {
  return put.flat().map(({ DetailType }) => DetailType);
}

const POISON = record("poison", { pk: "CASE#case_1", sk: "FACTS#1", noun: "facts", announce: true });

describe("when a case was opened", () => {
  test("its facts and what it owes are published in their order, each named by its place", async () => {
    expect(await publishFacts(await openedCases(1), ports)).toEqual([]);
    expect(types()).toEqual([
      "CaseOpened",
      "MessageReceived",
      "PriorityClassified",
      "CaseRouted",
      "ClockStarted",
      "MailOwed",
      "TimerOwed",
    ]);
    const details = put.flat().map(({ Detail }) => JSON.parse(Detail));
    expect(details.map(({ version, index }) => [version, index])).toEqual([
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 3],
      [1, 4],
      [1, 0],
      [1, 1],
    ]);
    expect(counts).toEqual({ eventsPublished: 7 });
  });

  test("nothing that anybody wrote goes out", async () => {
    await publishFacts(await openedCases(1), ports);
    expect(JSON.stringify(put)).not.toMatch(/secret/i);
    expect(JSON.stringify(put)).not.toContain("cleo@example.com");
  });

  test("many go out ten at a time", async () => {
    await publishFacts(await openedCases(3), ports);
    expect(put.map(({ length }) => length)).toEqual([10, 10, 1]);
  });
});

describe("when a record is not for the bus", () => {
  test.each([
    ["a changed item", (item: Item) => record("1", item, false)],
    ["an imported item, which has no mark", ({ announce: _, ...item }: Item) => record("1", item as Item)],
  ])("%s is passed over", async (_, unlike) => {
    const records = await openedCases(1);
    const changed = records.map(({ item }) => unlike(item()));
    expect(await publishFacts(changed, ports)).toEqual([]);
    expect(put).toEqual([]);
  });

  test("a type of fact that only newer code knows is passed over, the others go out", async () => {
    const records = await openedCases(1);
    const facts = records.map(({ item }) => item()).find(({ noun }) => noun === "facts");
    if (facts === undefined) throw new Error("no facts were written");
    const by = { kind: "system", id: "test" };
    const strange = { type: "CaseDanced", at: "2026-11-18T15:00:00.000Z", by };
    const item: Item = { ...facts, facts: [strange, ...(facts.facts as unknown[])] };

    expect(await publishFacts([record("1", item)], ports)).toEqual([]);
    expect(types()).not.toContain("CaseDanced");
    // The place of each in its version stays what it is.
    expect(JSON.parse(put[0]?.[0]?.Detail ?? "")).toMatchObject({ index: 1 });
  });
});

describe("when a record is poison", () => {
  test("it fails alone: what comes before and after is out", async () => {
    const records = await openedCases(2);
    const failed = await publishFacts([...records.slice(0, 3), POISON, ...records.slice(3)], ports);
    expect(failed.map(({ sequenceNumber }) => sequenceNumber)).toEqual(["poison"]);
    expect(types()).toHaveLength(14);
  });

  test.each([
    [
      "has no image",
      () =>
        record("poison", () => {
          throw new Error("a stream record has no new image");
        }),
    ],
    ["is marked and holds neither facts nor an effect", () => record("poison", { pk: "a", sk: "b", announce: true })],
    ["tells more than the bus takes", () => record("poison", hugeFacts())],
  ])("so does one that %s", async (_, poison) => {
    const failed = await publishFacts([poison()], ports);
    expect(failed.map(({ sequenceNumber }) => sequenceNumber)).toEqual(["poison"]);
    expect(put).toEqual([]);
  });
});

/** A fact whose one event is larger than the bus takes. */
function hugeFacts(): Item {
  const by = { kind: "system", id: "test" };
  const at = "2026-11-18T15:00:00.000Z";
  const fact = { type: "CaseTaken", at, by, assigneeId: "x".repeat(256 * 1024) };
  return {
    pk: "CASE#case_1",
    sk: "FACTS#1",
    noun: "facts",
    caseId: "case_100000008",
    version: 1,
    at,
    facts: [fact],
    announce: true,
  };
}

describe("when the bus does not take an event", () => {
  test("that one is put again after a pause", async () => {
    answer = (_, time) => (time === 1 ? [2] : []);
    expect(await publishFacts(await openedCases(1), ports)).toEqual([]);
    expect(put.map((batch) => batch.map(({ DetailType }) => DetailType))).toEqual([
      expect.arrayContaining(["CaseOpened"]),
      ["PriorityClassified"],
    ]);
    expect(pauses).toEqual([100]);
  });

  test("at the third time its record fails, once, and the others are out", async () => {
    answer = (entries) => entries.flatMap(({ DetailType }, at) => (DetailType === "MailOwed" ? [at] : []));
    const records = await openedCases(1);
    const mail = records.find(({ item }) => (item().owed as { kind?: string } | undefined)?.kind === "mail");
    const failed = await publishFacts(records, ports);
    expect(failed).toEqual([
      { sequenceNumber: mail?.sequenceNumber, error: new Error("the bus did not take an event") },
    ]);
    expect(pauses).toEqual([100, 200]);
  });

  test("a bus that cannot be reached fails every record with events, each once", async () => {
    answer = () => {
      throw new Error("no route");
    };
    const failed = await publishFacts(await openedCases(1), ports);
    // The facts, the mail and the timer.
    expect(failed).toHaveLength(3);
    expect(put).toHaveLength(3);
  });
});
