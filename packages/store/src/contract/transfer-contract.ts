import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Effect, HOUR_MS, type Instant, instant, MISSING_TEXT, note, plus, take } from "@ithaca/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportDesk } from "../maintenance/export-desk.ts";
import { MANIFEST_FILE, sha256 } from "../maintenance/export-format.ts";
import { ImportMismatch } from "../maintenance/import-case.ts";
import { abandonImport, importDesk, unfinishedImport } from "../maintenance/import-desk.ts";
import { readManifest } from "../maintenance/read-export.ts";
import type { Store } from "../store.ts";
import { BY, type Example, exampleMessage, openExample, openingAppend, START } from "./example-appends.ts";
import { examplePolicy } from "./example-rules.ts";

const LATER = plus(START, HOUR_MS);
/** So small that every case is a part of its own. */
const SMALL_PARTS = { partLength: 1 };
const KEY = { principalId: "prin_portal", key: "key", bodyHash: "hash" };

/** What an export and an import must keep, whatever is under the two desks. */
export function transferContract(openEmpty: () => Promise<Store>): void {
  describe("when a desk is exported and imported into another", () => {
    let directory: string;
    let before: Store;
    let after: Store;
    let examples: Example[];

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "ithaca-"));
      before = await openEmpty();
      examples = await furnish(before);
      await exportDesk(before, { directory, exportedAt: LATER });
      after = await openEmpty();
      await importDesk(after, { directory, now: LATER });
    });
    afterAll(() => rm(directory, { recursive: true }));

    test("every case, fact and due is the same", async () => {
      for (const { append } of examples) {
        const { caseId } = append;
        expect(await after.cases.readWithProjection(caseId)).toEqual(await before.cases.readWithProjection(caseId));
        expect(await after.cases.facts(caseId, 0, 10)).toEqual(await before.cases.facts(caseId, 0, 10));
      }
      const view = { team: "main", category: "active" } as const;
      expect(await after.cases.list(view, 100)).toEqual(await before.cases.list(view, 100));
      const wakeUps = await after.cases.wakeUps(instant(0), plus(START, 1_000 * HOUR_MS), 100);
      expect(wakeUps.items).toHaveLength(examples.length);
    });

    test("everything that was written is there, however long", async () => {
      for (const { message } of examples) expect(await after.messages.read([message.id])).toEqual([message]);
      expect(await after.messages.read(["msg_long"])).toEqual(await before.messages.read(["msg_long"]));
    });

    test("who is who, and the rules, are there", async () => {
      const { person } = examples[0] ?? {};
      expect(await after.directory.person(String(person?.id))).toEqual(person);
      expect((await after.cases.lookUp({ principalId: "p", address: String(person?.addresses[0]) })).person).toEqual(
        person,
      );
      expect(await after.directory.principalOfSubject("sub-1")).toMatchObject({ id: "prin_portal" });
      expect(await after.rules.timeline()).toEqual(await before.rules.timeline());
      expect(await after.rules.policy(2)).toEqual(examplePolicy(2));
    });

    test("the same request is still answered alike", async () => {
      const { principalId, key } = KEY;
      const asked = { principalId, idempotencyKey: key };
      const { keyed } = await after.cases.lookUp(asked);
      expect(keyed).toEqual((await before.cases.lookUp(asked)).keyed);
      expect(keyed?.bodyHash).toBe("hash");
      expect(await after.effects.spendMailBudget("jo@example.com", "2026-11-25", "case_2.1.0")).toBe(false);
    });

    test("what was done stays done, and what was in somebody's hands is to be had", async () => {
      const [done, claimed] = await Promise.all(examples.map(({ append }) => after.effects.ofCase(append.caseId, 10)));
      expect(done?.[0]).toMatchObject({ status: "done", outcome: "ses-1", attempts: 1 });
      expect(claimed?.[0]).toMatchObject({ status: "pending", attempts: 1 });
      const overdue = await after.effects.overdue(plus(LATER, HOUR_MS), 100);
      expect(overdue.items.map(({ id }) => id)).toContain(claimed?.[0]?.id);
      expect(overdue.items.map(({ id }) => id)).not.toContain(done?.[0]?.id);
    });

    test("what an agent is to see to is on their list, and nothing else", async () => {
      const { items } = await after.effects.openTasks("prin_ana", 10);
      expect(items.map(({ id }) => id)).toEqual([`${examples[0]?.append.caseId}.1.8`]);
      expect(items).toEqual((await before.effects.openTasks("prin_ana", 10)).items);
    });

    test("nothing is announced again", async () => {
      for await (const item of after.table.scan()) expect(item).not.toHaveProperty("announce");
    });

    test("the desk is in a later epoch than either, held, with nothing armed", async () => {
      expect(await after.desk.read()).toEqual({ epoch: 3, outbound: "held", armedUntil: instant(0) });
    });

    test("imported once more, nothing changes", async () => {
      await after.desk.goLive();
      expect(await importDesk(after, { directory, now: LATER })).toMatchObject({ already: true, epoch: 3 });
      expect(await after.desk.read()).toMatchObject({ epoch: 3, outbound: "live" });
    });
  });

  describe("when an export or an import is cut off", () => {
    test("it goes on where it stopped, and the desk is the same", async () => {
      const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
      const before = await openEmpty();
      const examples = await furnish(before);
      const options = { directory, exportedAt: LATER, ...SMALL_PARTS };
      const exported = await untilItEnds((stop) => exportDesk(before, { ...options, onProgress: stop }));
      expect(exported.counts).toMatchObject({ case: examples.length });

      const after = await openEmpty();
      const imported = await untilItEnds((stop) => importDesk(after, { directory, now: LATER, onPart: stop }));
      expect(imported).toMatchObject({ already: false, epoch: 3 });
      for (const { append } of examples) {
        expect(await after.cases.read(append.caseId)).toEqual(await before.cases.read(append.caseId));
      }
      expect(await after.desk.read()).toMatchObject({ outbound: "held" });
      await rm(directory, { recursive: true });
    });
  });

  describe("when a long text is missing from the content bucket", () => {
    test("the export has all else, names its message, and the desk that it is brought into shows it as missing", async () => {
      const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
      const before = await openEmpty();
      const examples = await furnish(before);
      const lossy = { ...before, bodies: { put: before.bodies.put, get: async () => undefined } };
      const exported = await untilItEnds((stop) =>
        exportDesk(lossy, { directory, exportedAt: LATER, ...SMALL_PARTS, onProgress: stop }),
      );
      expect(exported.missingTexts).toEqual({ count: 1, named: ["msg_long"] });
      expect((await readManifest(directory)).missingTexts).toEqual({ count: 1, named: ["msg_long"] });

      const after = await openEmpty();
      await importDesk(after, { directory, now: LATER });
      expect(await after.messages.read(["msg_long"])).toMatchObject([{ text: MISSING_TEXT, textMissing: true }]);
      for (const { message } of examples) expect(await after.messages.read([message.id])).toEqual([message]);
      await rm(directory, { recursive: true });
    });
  });

  describe("when an import was cut off and is not to go on", () => {
    const cutOff = async (store: Store, directory: string) => {
      const stop = () => {
        throw new Error("cut off");
      };
      await expect(importDesk(store, { directory, now: LATER, onPart: stop })).rejects.toThrow("cut off");
    };
    const exported = async (exportedAt: Instant) => {
      const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
      const desk = await openEmpty();
      const example = await openExample(desk);
      const { exportId, parts } = await exportDesk(desk, { directory, exportedAt, ...SMALL_PARTS });
      return { directory, exportId, example, first: parts[0]?.file };
    };

    test("no other is begun until it is given up, which says what it brought in; then another is", async () => {
      const [wrong, right] = [await exported(START), await exported(LATER)];
      const store = await openEmpty();
      expect(await abandonImport(store)).toBeUndefined();
      await cutOff(store, wrong.directory);

      const importing = () => importDesk(store, { directory: right.directory, now: LATER });
      await expect(importing()).rejects.toThrow(`the import of ${wrong.exportId} is not finished`);
      const given = { exportId: wrong.exportId, done: [wrong.first] };
      expect(await unfinishedImport(store)).toMatchObject(given);
      expect(await abandonImport(store)).toMatchObject(given);
      expect(await unfinishedImport(store)).toBeUndefined();
      expect(await store.desk.read()).toMatchObject({ outbound: "held" });

      expect(await importing()).toMatchObject({ already: false });
      const { caseId } = right.example.append;
      expect(await store.cases.read(caseId)).toEqual(right.example.append.next);
      expect(await abandonImport(store)).toBeUndefined();
    });

    test("given up by mistake, it can be taken up again", async () => {
      const { directory, example } = await exported(START);
      const store = await openEmpty();
      await cutOff(store, directory);
      await abandonImport(store);
      expect(await importDesk(store, { directory, now: LATER })).toMatchObject({ already: false });
      expect(await store.cases.read(example.append.caseId)).toEqual(example.append.next);
      expect(await importDesk(store, { directory, now: LATER })).toMatchObject({ already: true });
    });
  });

  describe("when a folder holds an older export", () => {
    test("it is written anew, and nothing of the old one is left", async () => {
      const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
      const desk = await openEmpty();
      await furnish(desk);
      await exportDesk(desk, { directory, exportedAt: START, ...SMALL_PARTS });
      const { parts } = await exportDesk(desk, { directory, exportedAt: LATER });
      expect((await readdir(directory)).sort()).toEqual([...parts.map(({ file }) => file), MANIFEST_FILE].sort());
      await rm(directory, { recursive: true });
    });
  });

  describe("when an export is not as it was written", () => {
    const tampered = async (change: (text: string) => string, isSigned: boolean): Promise<Promise<unknown>> => {
      const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
      const before = await openEmpty();
      await openExample(before);
      const { parts } = await exportDesk(before, { directory, exportedAt: LATER });
      const { file = "", sha256: old = "" } = parts.find(({ section }) => section === "cases") ?? {};
      const text = change(await readFile(join(directory, file), "utf8"));
      await writeFile(join(directory, file), text);
      const manifest = await readFile(join(directory, MANIFEST_FILE), "utf8");
      if (isSigned) await writeFile(join(directory, MANIFEST_FILE), manifest.replace(old, sha256(text)));
      return importDesk(await openEmpty(), { directory, now: LATER });
    };

    test("a file with another checksum is refused", async () => {
      await expect(tampered((text) => text.replace("portal", "email"), false)).rejects.toThrow("checksum");
    });

    test.each([
      ["a state that is not the fold of its facts", (text: string) => text.replace('"tier":1', '"tier":2')],
      ["facts that are missing", (text: string) => text.split("\n").slice(1).join("\n")],
    ])("%s is refused", async (_what, change) => {
      await expect(tampered(change, true)).rejects.toThrow(ImportMismatch);
    });
  });
}

/** Two cases and all that an export must carry: a long text, rules, a binding, claims, effects in every state. */
async function furnish(store: Store): Promise<Example[]> {
  const long = exampleMessage("", { id: "msg_long", text: "x".repeat(20_000) });
  const first = await openingAppend(store);
  const messages = [first.message, { ...long, caseId: first.append.caseId }];
  const claim = { kind: "idempotency-key" as const, ...KEY, receipt: first.receipt };
  const { caseId } = first.append;
  const taskDone = { at: LATER, by: "prin_ana" };
  const tasks = [abandonedReply(caseId, 8), { ...abandonedReply(caseId, 9), taskDone }];
  const effects = [...first.append.effects, ...tasks];
  await store.cases.append({ ...first.append, effects, messages, persons: [first.person], claims: [claim] });
  const second = await openExample(store);
  await changeTwice(store, second.append.caseId);

  const [done, claimed] = [first, second].map(({ append }) => String(append.effects[0]?.id));
  await store.effects.claim(first.append.caseId, String(done), START, HOUR_MS);
  await store.effects.end(first.append.caseId, String(done), { status: "done", outcome: "ses-1" }, LATER);
  await store.effects.claim(second.append.caseId, String(claimed), START, HOUR_MS);

  await store.directory.putPrincipal({ kind: "channel", id: "prin_portal", name: "Portal", channels: ["portal"] });
  await store.directory.bindSubject("sub-1", "prin_portal");
  const change = { by: "prin_manager", at: START, reason: "Trial", inForceFrom: plus(LATER, HOUR_MS) };
  await store.rules.putPolicy(examplePolicy(2), change, 0);
  await store.effects.spendMailBudget("jo@example.com", "2026-11-25", "case_1.1.0");
  await store.desk.bumpEpoch();
  return [first, second];
}

/** The mail of a reply of Ana's that came to nothing. */
function abandonedReply(caseId: string, index: number): Effect {
  const to = { kind: "person", personId: "person_1" } as const;
  const owed = { kind: "mail", template: "reply", to, messageId: "msg_reply", by: "prin_ana" } as const;
  const progress = { status: "abandoned", reason: "no-address", owedAt: START, endedAt: START, attempts: 1 } as const;
  return { id: `${caseId}.1.${index}`, caseId, version: 1, index, owed, ...progress };
}

async function changeTwice(store: Store, caseId: string): Promise<void> {
  await store.cases.change(caseId, (current, _rules, at) => take(current, "prin_ana", at, BY));
  await store.cases.change(caseId, (current, _rules, at) => note(current, "msg_note", at, BY));
}

/** Stops a transfer after each part that it completes, as a crash would, and starts it again until it ends. */
async function untilItEnds<Result>(transfer: (stop: () => void) => Promise<Result>): Promise<Result> {
  for (let runs = 1; runs < 100; runs += 1) {
    let parts = 0;
    const stop = () => {
      parts += 1;
      if (parts === 2) throw new Error("cut off");
    };
    const result = await transfer(stop).catch((error: Error) => {
      if (error.message !== "cut off") throw error;
      return undefined;
    });
    if (result !== undefined) return result;
  }
  throw new Error("the transfer never ended");
}
