import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CASE_SCHEMA, Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import type { Store } from "../store.ts";
import {
  EXPORT_FORMAT,
  EXPORT_ORDER,
  MANIFEST_FILE,
  Manifest,
  MISSING_NAMED_MAX,
  MissingTexts,
  PART_FILE,
  Part,
  PROGRESS_FILE,
  type Scanned,
  type Section,
} from "./export-format.ts";
import { exportedGroups } from "./exported-groups.ts";
import { PART_LENGTH, partWriter } from "./part-writer.ts";

/** Told after each part: how many of each noun so far. */
export type OnProgress = (counts: Readonly<Record<string, number>>) => void;

export interface ExportOptions {
  directory: string;
  exportedAt: Instant;
  onProgress?: OnProgress;
  /** When a part is closed, in characters. */
  partLength?: number;
}

/** Where an export stands after its last whole part. */
const Progress = z.object({
  exportId: z.string(),
  /** In which reading of the table the next part begins, and behind which item. */
  scanned: z.enum(EXPORT_ORDER),
  after: z.optional(z.object({ pk: z.string(), sk: z.string() })),
  counts: z.record(z.string(), z.int()),
  parts: z.array(Part),
  missingTexts: z.optional(MissingTexts),
});
type Progress = z.infer<typeof Progress>;

/**
 * Writes everything that a desk holds to files in a folder: items and long texts, in parts of JSON lines, and at last the
 * manifest. A folder with a part of an export goes on where it stopped; one with a whole export is written anew.
 * The desk may be running. A long text that is missing stops nothing: the manifest names its message and counts it.
 */
export async function exportDesk(store: Store, options: ExportOptions): Promise<Manifest> {
  const { directory, exportedAt } = options;
  await mkdir(directory, { recursive: true });
  const progress = (await readProgress(directory)) ?? (await begin(options));

  for (const scanned of EXPORT_ORDER.slice(EXPORT_ORDER.indexOf(progress.scanned))) {
    if (scanned !== progress.scanned) Object.assign(progress, { scanned, after: undefined });
    await exportScan(store, progress, options);
  }

  const { exportId, counts, parts, missingTexts } = progress;
  const { epoch } = await store.desk.read();
  const whole = { format: EXPORT_FORMAT, exportId, exportedAt, epoch, schema: CASE_SCHEMA, counts, parts };
  const manifest = { ...whole, ...(missingTexts !== undefined && { missingTexts }) };
  await writeWhole(join(directory, MANIFEST_FILE), `${JSON.stringify(z.encode(Manifest, manifest), null, 2)}\n`);
  await rm(join(directory, PROGRESS_FILE), { force: true });
  return manifest;
}

/** What an earlier export left is taken away: its manifest first, for without its parts it is none. */
async function begin({ directory, exportedAt }: ExportOptions): Promise<Progress> {
  await rm(join(directory, MANIFEST_FILE), { force: true });
  for (const file of (await readdir(directory)).filter((name) => PART_FILE.test(name))) await rm(join(directory, file));
  const exportId = z.encode(Instant, exportedAt);
  return { exportId, scanned: EXPORT_ORDER[0], counts: {}, parts: [] };
}

/** One reading of the whole table, of which it writes what its turn is. */
async function exportScan(store: Store, progress: Progress, options: ExportOptions): Promise<void> {
  const { directory, onProgress = () => {}, partLength = PART_LENGTH } = options;
  const { parts, counts, scanned } = progress;
  const writers = sectionsOf(scanned).map((section) => ({
    section,
    writer: partWriter(directory, section, { parts, partLength }),
  }));

  for await (const { section, lines, last, missingText } of exportedGroups(store, scanned, progress.after)) {
    const writer = writers.find((one) => one.section === section)?.writer;
    const isPartClosed = (await writer?.add(lines)) ?? false;
    for (const line of lines) count(counts, line);
    if (missingText !== undefined) noteMissing(progress, missingText);
    if (!isPartClosed) continue;
    // The others are closed with it: what is behind the position must be in whole parts.
    for (const other of writers) await other.writer.close();
    progress.after = last;
    await writeProgress(directory, progress);
    onProgress(counts);
  }

  for (const { writer } of writers) await writer.close();
  onProgress(counts);
}

function sectionsOf(scanned: Scanned): Section[] {
  return scanned === "rest" ? ["rules", "rest"] : [scanned];
}

function count(counts: Record<string, number>, line: Readonly<Record<string, unknown>>): void {
  const noun = typeof line.noun === "string" ? line.noun : "body";
  counts[noun] = (counts[noun] ?? 0) + 1;
}

function noteMissing(progress: Progress, messageId: string): void {
  const { count: before, named } = progress.missingTexts ?? { count: 0, named: [] };
  progress.missingTexts = { count: before + 1, named: [...named, messageId].slice(0, MISSING_NAMED_MAX) };
}

async function readProgress(directory: string): Promise<Progress | undefined> {
  const text = await readFile(join(directory, PROGRESS_FILE), "utf8").catch(() => undefined);
  return text === undefined ? undefined : z.parse(Progress, JSON.parse(text));
}

async function writeProgress(directory: string, progress: Progress): Promise<void> {
  await writeWhole(join(directory, PROGRESS_FILE), JSON.stringify(progress));
}

/** A file that is there is whole, wherever its writing was cut off. */
async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}
