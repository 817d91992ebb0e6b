import { type Instant, instant } from "@ithaca/domain";
import * as z from "zod/mini";
import { changeDesk, heldDesk } from "../desk/desk-store.ts";
import { IMPORT_KEY, stateKey } from "../keys.ts";
import type { Store } from "../store.ts";
import { lotsOf } from "../table/lots-of.ts";
import { BATCH_MAX, type Item, type Table, type Write } from "../table/table.ts";
import { BodyLine, IMPORT_ORDER, type Manifest, type Part } from "./export-format.ts";
import { type ImportedCase, importedCase } from "./import-case.ts";
import { putAbsent } from "./put-absent.ts";
import { byPartition, readLines, readManifest } from "./read-export.ts";

/** How far an import of an export has come; kept in the table, so that it can go on from any machine. */
const Running = z.object({
  exportId: z.string(),
  /** The parts that were brought in whole. */
  done: z.array(z.string()),
  finished: z.boolean(),
  abandoned: z.optional(z.boolean()),
});
type Running = z.infer<typeof Running>;

/** An import that was begun and is neither finished nor given up. */
export type UnfinishedImport = Pick<Running, "exportId" | "done">;

export interface Imported {
  manifest: Manifest;
  /** The desk's epoch from now on. */
  epoch: number;
  /** The export had been imported before; nothing was done. */
  already: boolean;
}

export interface ImportOptions {
  directory: string;
  /** By which rules projections are made: those in force now. */
  now: Instant;
  /** Told after each part. */
  onPart?: (done: number, of: number) => void;
}

/** So many cases, or lots of other items, are written at once. */
const AT_ONCE = 8;
const PUT_TRIES = 20;

/**
 * Brings an export into a desk: facts and content as they are, states folded anew, nothing announced. The desk is in a new
 * epoch from the start, and everything outbound is held until go-live. What is there already is left alone, so an import
 * that was cut off can be started again, and goes on after its last whole part. Throws when a file is not what the
 * manifest says, when a case contradicts itself (ImportMismatch), or when newer code exported it (NewerSchema).
 */
export async function importDesk(store: Store, options: ImportOptions): Promise<Imported> {
  const { directory, onPart = () => {} } = options;
  const manifest = await readManifest(directory);
  const before = await readRunning(store);
  const isSame = before?.exportId === manifest.exportId;
  if (before !== undefined && isUnfinished(before) && !isSame) {
    throw new Error(
      `the import of ${before.exportId} is not finished: import it again to go on, or give it up by --abandon`,
    );
  }
  if (before?.finished === true && isSame) {
    return { manifest, epoch: (await store.desk.read()).epoch, already: true };
  }

  const done = isSame ? [...before.done] : [];
  if (!isSame) await hold(store, manifest);
  const parts = IMPORT_ORDER.flatMap((section) => manifest.parts.filter((part) => part.section === section));
  for (const part of parts) {
    if (done.includes(part.file)) continue;
    await importPart(store, part, options);
    done.push(part.file);
    await writeRunning(store, { exportId: manifest.exportId, done, finished: false });
    onPart(done.length, parts.length);
  }

  // A sweep that ran meanwhile has passed by cases that were not there yet.
  await store.desk.setArmedUntil(instant(0));
  await writeRunning(store, { exportId: manifest.exportId, done, finished: true });
  return { manifest, epoch: (await store.desk.read()).epoch, already: false };
}

/** The import that keeps another from being begun; undefined when there is none. */
export async function unfinishedImport(store: Store): Promise<UnfinishedImport | undefined> {
  const running = await readRunning(store);
  return running !== undefined && isUnfinished(running) ? running : undefined;
}

/**
 * Gives up an import that is not finished, and says what it had brought in; undefined when there is none. Nothing is taken
 * away: whoever imports next finds it there, and leaves it alone. The same export can be taken up again all the same.
 */
export async function abandonImport(store: Store): Promise<UnfinishedImport | undefined> {
  const running = await unfinishedImport(store);
  if (running !== undefined) await writeRunning(store, { ...running, finished: false, abandoned: true });
  return running;
}

function isUnfinished({ finished, abandoned }: Running): boolean {
  return !finished && abandoned !== true;
}

/** Numbers cannot repeat, whichever of the two desks was the older one. */
async function hold(store: Store, { exportId, epoch: exported }: Manifest): Promise<void> {
  await changeDesk(store.table, ({ epoch }) => heldDesk(Math.max(epoch, exported) + 1));
  await writeRunning(store, { exportId, done: [], finished: false });
}

async function importPart(store: Store, part: Part, { directory, now }: ImportOptions): Promise<void> {
  const lines = await readLines(directory, part);
  const bodies = lines.flatMap((line) => {
    const body = z.safeParse(BodyLine, line);
    return body.success ? [body.data] : [];
  });
  for (const some of lotsOf(bodies, AT_ONCE)) {
    await Promise.all(some.map(({ body, text }) => store.bodies.put(body, text)));
  }

  const items = lines.filter((line): line is Item => "pk" in line);
  if (part.section === "cases") return importCases(store, items, now);
  // A calendar can be as large as an item may be: rules go one by one.
  const lot = part.section === "rules" ? 1 : BATCH_MAX / 2;
  for (const some of lotsOf(lotsOf(items, lot), AT_ONCE)) {
    await Promise.all(some.map((chunk) => putAbsent(store.table, chunk)));
  }
}

async function importCases(store: Store, items: readonly Item[], now: Instant): Promise<void> {
  const cases = byPartition(items);
  for (const some of lotsOf(cases, AT_ONCE)) {
    const states = some.flatMap(([first]) => (first === undefined ? [] : [stateKey(first.pk.slice("CASE#".length))]));
    const there = new Set((await store.table.getMany(states)).map(({ pk }) => pk));
    const absent = some.filter(([first]) => first !== undefined && !there.has(first.pk));
    await Promise.all(absent.map(async (one) => putCase(store.table, await importedCase(one, store.rulebooks, now))));
  }
}

async function putCase(table: Table, { rest, counted }: ImportedCase): Promise<void> {
  await putAbsent(table, rest);
  for (const writes of counted) await putCounted(table, writes);
}

/** Puts what is not there yet, together with its counts; what is there was counted. */
async function putCounted(table: Table, writes: readonly Write[]): Promise<void> {
  for (let tried = 0; tried < PUT_TRIES; tried += 1) {
    const result = await table.transact(writes);
    // It is there, or it was; others were counting at the same time when no condition failed.
    if (result.done || result.failed.length > 0) return;
  }
  throw new Error(`a case met others that were counted ${PUT_TRIES} times in a row`);
}

async function readRunning(store: Store): Promise<Running | undefined> {
  const item = await store.table.get(IMPORT_KEY);
  return item && z.parse(Running, item);
}

async function writeRunning(store: Store, running: Running): Promise<void> {
  await store.table.put({ ...IMPORT_KEY, noun: "import", ...running });
}
