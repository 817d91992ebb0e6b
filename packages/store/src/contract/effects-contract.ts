import { type Effect, type Instant, MINUTE_MS, plus, reply } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { owedKey } from "../keys.ts";
import type { Ending } from "../ports/effects.ts";
import type { Store } from "../store.ts";
import { newSuffix, openExample, START } from "./example-appends.ts";
import { readAll } from "./read-all.ts";

const LEASE_MS = MINUTE_MS;
const DONE: Ending = { status: "done", outcome: "ses-1" };
const ABANDONED: Ending = { status: "abandoned", reason: "no-address" };

/** What every store of effects does, whatever is under it. */
export function effectsContract(open: () => Promise<Store>): void {
  const owed = async (): Promise<{ store: Store; effect: Effect }> => {
    const store = await open();
    const { append } = await openExample(store);
    const [effect] = append.effects;
    if (effect === undefined) throw new Error("an opened case owes its acknowledgement");
    return { store, effect };
  };
  const later = (ms: number) => plus(START, ms);

  describe("when an effect is claimed", () => {
    test("it is in one pair of hands until the lease runs out, and each claim counts", async () => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      const claim = (now: Instant) => store.effects.claim(caseId, id, now, LEASE_MS);

      const claimed = { ...effect, status: "claimed", attempts: 1, begun: false, nextAttemptAt: later(LEASE_MS) };
      expect(await claim(START)).toEqual(claimed);
      expect(await claim(START)).toBeUndefined();
      expect(await claim(later(LEASE_MS - 1))).toBeUndefined();
      expect(await store.effects.read(caseId, id)).toEqual(claimed);
      expect(await claim(later(LEASE_MS))).toMatchObject({ attempts: 2, nextAttemptAt: later(2 * LEASE_MS) });
    });

    test("whoever lets it run out before anything is done is not counted as a lapse", async () => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      const claim = async (now: Instant) => store.effects.claim(caseId, id, now, LEASE_MS);

      await claim(START);
      expect(await claim(later(LEASE_MS))).toMatchObject({ attempts: 2, begun: false });
      expect((await claim(later(2 * LEASE_MS)))?.lapses).toBeUndefined();
    });

    test("whoever is no longer the one that has it cannot begin", async () => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      const first = { caseId, id, attempts: 1 };
      expect(await store.effects.begin(first)).toBe(false);
      await store.effects.claim(caseId, id, START, LEASE_MS);
      expect(await store.effects.begin(first)).toBe(true);
      expect(await store.effects.begin(first)).toBe(true);
      await store.effects.claim(caseId, id, later(LEASE_MS), LEASE_MS);
      expect(await store.effects.begin(first)).toBe(false);
      await store.effects.end(caseId, id, DONE, later(LEASE_MS));
      expect(await store.effects.begin({ ...first, attempts: 2 })).toBe(false);
      expect(await store.effects.read(caseId, id)).not.toHaveProperty("begun");
    });

    test("whoever begins and lets it run out is counted, and whoever gives it back is not", async () => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      const claim = async (now: Instant) => {
        const claimed = await store.effects.claim(caseId, id, now, LEASE_MS);
        if (claimed !== undefined) await store.effects.begin(claimed);
        return claimed?.lapses;
      };

      expect(await claim(START)).toBeUndefined();
      expect(await claim(later(LEASE_MS))).toBe(1);
      await store.effects.release(caseId, id, later(LEASE_MS));
      expect(await claim(later(LEASE_MS))).toBe(1);
      expect(await claim(later(2 * LEASE_MS))).toBe(2);
    });

    test("of many at once one has it", async () => {
      const { store, effect } = await owed();
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => store.effects.claim(effect.caseId, effect.id, START, LEASE_MS)),
      );
      expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
      expect((await store.effects.read(effect.caseId, effect.id))?.attempts).toBe(1);
    });

    test("given back after a failure it can be had again, and it says when", async () => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      await store.effects.claim(caseId, id, START, LEASE_MS);
      await store.effects.release(caseId, id, later(5));

      const pending = { ...effect, attempts: 1, nextAttemptAt: later(5) };
      expect(await store.effects.read(caseId, id)).toEqual(pending);
      expect(await store.effects.claim(caseId, id, later(5), LEASE_MS)).toMatchObject({ attempts: 2 });
    });
  });

  describe("when an effect has ended", () => {
    test.each([
      ["done", DONE],
      ["abandoned", ABANDONED],
    ])("%s, it stays so: no claim, no other end, no release, and nobody is told to do it", async (_name, ending) => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      await store.effects.claim(caseId, id, START, LEASE_MS);
      expect(await store.effects.end(caseId, id, ending, later(9))).toBe(true);

      const { nextAttemptAt: _none, ...rest } = effect;
      const ended = { ...rest, ...ending, attempts: 1, endedAt: later(9) };
      expect(await store.effects.end(caseId, id, DONE, later(10))).toBe(false);
      expect(await store.effects.claim(caseId, id, later(10 * LEASE_MS), LEASE_MS)).toBeUndefined();
      await store.effects.release(caseId, id, later(11));
      expect(await store.effects.read(caseId, id)).toEqual(ended);
      expect(await overdueOf(store, caseId, later(10 * LEASE_MS))).not.toContain(id);
    });

    test("however much the doing gave, its end is recorded and can be read", async () => {
      const { store, effect } = await owed();
      await store.effects.end(effect.caseId, effect.id, { status: "done", outcome: "x".repeat(300) }, START);
      expect((await store.effects.read(effect.caseId, effect.id))?.outcome).toBe("x".repeat(200));
    });

    test("it may end without a claim: what is idempotent acts first", async () => {
      const { store, effect } = await owed();
      expect(await store.effects.end(effect.caseId, effect.id, { status: "done" }, START)).toBe(true);
    });
  });

  describe("when it is asked what is overdue", () => {
    test("an effect shows while its attempt was due before, pending or claimed", async () => {
      const { store, effect } = await owed();
      const { caseId, id } = effect;
      expect(await overdueOf(store, caseId, START)).not.toContain(id);
      expect(await overdueOf(store, caseId, later(1))).toContain(id);

      await store.effects.claim(caseId, id, START, LEASE_MS);
      expect(await overdueOf(store, caseId, later(LEASE_MS))).not.toContain(id);
      expect(await overdueOf(store, caseId, later(LEASE_MS + 1))).toContain(id);
    });
  });

  describe("when an effect is put on its queue again", () => {
    const rested = async () => {
      const { store, effect } = await owed();
      const rest = (now: Instant) => store.effects.rest(effect, now, LEASE_MS);
      expect(await rest(later(1))).toBe(true);
      return { store, effect, rest };
    };

    test("it is not named again until it has rested, and each repeat counts", async () => {
      const { store, effect, rest } = await rested();
      expect(await rest(later(2))).toBe(false);
      expect(await overdueOf(store, effect.caseId, later(1 + LEASE_MS))).not.toContain(effect.id);
      expect(await overdueOf(store, effect.caseId, later(2 + LEASE_MS))).toContain(effect.id);
      expect(await store.effects.read(effect.caseId, effect.id)).toEqual({ ...effect, repeats: 1 });
    });

    test("of many runs at once one lets it rest", async () => {
      const { store, effect } = await owed();
      const rests = await Promise.all(Array.from({ length: 8 }, () => store.effects.rest(effect, later(1), LEASE_MS)));
      expect(rests.filter((one) => one)).toEqual([true]);
    });

    test("whoever has it on their queue can claim it while it rests", async () => {
      const { store, effect } = await rested();
      expect(await store.effects.claim(effect.caseId, effect.id, later(2), LEASE_MS)).toMatchObject({ attempts: 1 });
      expect(await overdueOf(store, effect.caseId, later(3 + LEASE_MS))).toContain(effect.id);
    });

    test("a claim that has run out can be taken over while it rests", async () => {
      const { store, effect } = await owed();
      const claim = (now: Instant) => store.effects.claim(effect.caseId, effect.id, now, LEASE_MS);
      await claim(START);
      expect(await store.effects.rest(effect, later(LEASE_MS + 1), 9 * LEASE_MS)).toBe(true);
      expect(await claim(later(LEASE_MS + 2))).toMatchObject({ attempts: 2 });
    });

    test("what has ended does not rest", async () => {
      const { store, effect } = await owed();
      await store.effects.end(effect.caseId, effect.id, DONE, START);
      expect(await store.effects.rest(effect, later(1), LEASE_MS)).toBe(false);
    });
  });

  describe("when the mail of an agent's reply is abandoned", () => {
    const replied = async (agentId: string) => {
      const store = await open();
      const { caseId } = (await openExample(store)).append;
      const by = { kind: "agent", id: agentId } as const;
      await store.cases.change(caseId, (current, rulebook, at) => reply(current, "msg_reply", rulebook, at, by));
      const owed = await store.effects.ofCase(caseId, 500);
      const mail = owed.find((effect) => effect.version === 2 && effect.owed.kind === "mail");
      if (mail === undefined) throw new Error("a reply owes its mail");
      return { store, mail };
    };
    const tasksOf = async (store: Store, agentId: string, limit = 7) => {
      const tasks = await readAll((cursor) => store.effects.openTasks(agentId, limit, cursor));
      return tasks.map(({ id }) => id);
    };

    test("it is its agent's task until somebody has done it; who and when are kept, and it is done once", async () => {
      const agentId = `prin_${newSuffix()}`;
      const { store, mail } = await replied(agentId);
      expect(await tasksOf(store, agentId)).toEqual([]);
      await store.effects.end(mail.caseId, mail.id, ABANDONED, later(9));
      expect(await tasksOf(store, agentId)).toEqual([mail.id]);
      expect(await tasksOf(store, "prin_somebody-else")).toEqual([]);

      const task = await store.effects.read(mail.caseId, mail.id);
      if (task === undefined) throw new Error("it is there");
      expect(await store.effects.endTask(task, agentId, later(10))).toBe(true);
      expect(await store.effects.endTask(task, "prin_late", later(11))).toBe(false);
      expect(await tasksOf(store, agentId)).toEqual([]);
      const done = { at: later(10), by: agentId };
      expect(await store.effects.read(mail.caseId, mail.id)).toEqual({ ...task, taskDone: done });
    });

    test("the tasks of one agent come oldest first, in pages", async () => {
      const agentId = `prin_${newSuffix()}`;
      const [{ mail: second }, { mail: first, store }] = [await replied(agentId), await replied(agentId)];
      await store.effects.end(second.caseId, second.id, ABANDONED, later(2));
      await store.effects.end(first.caseId, first.id, ABANDONED, later(1));
      expect(await tasksOf(store, agentId, 1)).toEqual([first.id, second.id]);
    });

    test("one that this code cannot read keeps none of the others from the list", async () => {
      const agentId = `prin_${newSuffix()}`;
      const [{ mail: newer }, { mail, store }] = [await replied(agentId), await replied(agentId)];
      for (const { caseId, id } of [newer, mail]) await store.effects.end(caseId, id, ABANDONED, later(1));
      const key = owedKey(newer.caseId, newer.version, newer.index);
      await store.table.put({ ...(await store.table.get(key)), ...key, reason: "mailbox-full" });
      expect(await tasksOf(store, agentId)).toEqual([mail.id]);
    });

    test("what was sent, and what nobody wrote, is nobody's task", async () => {
      const agentId = `prin_${newSuffix()}`;
      const { store, mail } = await replied(agentId);
      const [acknowledgement] = await store.effects.ofCase(mail.caseId, 500);
      if (acknowledgement === undefined) throw new Error("an opened case owes its acknowledgement");
      await store.effects.end(mail.caseId, mail.id, DONE, later(1));
      await store.effects.end(mail.caseId, acknowledgement.id, ABANDONED, later(1));
      expect(await tasksOf(store, agentId)).toEqual([]);
      for (const { caseId, id } of [mail, acknowledgement]) {
        const ended = await store.effects.read(caseId, id);
        expect(ended && (await store.effects.endTask(ended, agentId, later(2)))).toBe(false);
      }
    });
  });

  describe("when an effect is not there", () => {
    test.each(["case_100000009.1.0", "nonsense", "", "case_100000009.1"])("%s is nobody's", async (id) => {
      const store = await open();
      expect(await store.effects.read("case_100000009", id)).toBeUndefined();
      expect(await store.effects.claim("case_100000009", id, START, LEASE_MS)).toBeUndefined();
      expect(await store.effects.end("case_100000009", id, DONE, START)).toBe(false);
      await store.effects.release("case_100000009", id, START);
      expect(await store.effects.rest({ caseId: "case_100000009", id }, START, LEASE_MS)).toBe(false);
      expect(await store.effects.ofCase("case_100000009", 10)).toEqual([]);
    });
  });

  describe("when the mail budget of an address is spent", () => {
    test("one effect has it, and may ask again; another day is another budget", async () => {
      const store = await open();
      const address = `someone-${newSuffix()}@example.com`;
      const spend = (on: string, id: string) => store.effects.spendMailBudget(address, on, id);
      expect(await spend("2026-11-25", "case_1.1.0")).toBe(true);
      expect(await spend("2026-11-25", "case_1.1.0")).toBe(true);
      expect(await spend("2026-11-25", "case_2.1.0")).toBe(false);
      expect(await spend("2026-11-26", "case_2.1.0")).toBe(true);
    });
  });
}

async function overdueOf(store: Store, caseId: string, before: Instant): Promise<string[]> {
  const overdue = await readAll((cursor) => store.effects.overdue(before, 7, cursor));
  return overdue.filter((effect) => effect.caseId === caseId).map(({ id }) => id);
}
