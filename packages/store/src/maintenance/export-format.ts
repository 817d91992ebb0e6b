import { createHash } from "node:crypto";
import { Instant } from "@ithaca/domain";
import * as z from "zod/mini";

/** Raised when files of an older export can no longer be read as they are. */
export const EXPORT_FORMAT = 1;

export const MANIFEST_FILE = "manifest.json";
export const PROGRESS_FILE = "progress.json";

/**
 * The parts of an export in the order in which they are read from a running desk. What a transaction claims is read
 * before its case, and what a case refers to after it, so that whatever happens meanwhile, each exported claim's case and
 * each exported case's content is in the export. What is written after its turn is not: it comes with the next export.
 */
export const EXPORT_ORDER = ["claims", "cases", "rest"] as const;
export type Scanned = (typeof EXPORT_ORDER)[number];

/** The order in which an import writes: cases need the rules, whoever repeats a message needs the claims. */
export const IMPORT_ORDER = ["rules", "claims", "cases", "rest"] as const;
export type Section = (typeof IMPORT_ORDER)[number];

/** How the file of a part is named: by its section, and its number in it. */
export const PART_FILE = /^(rules|claims|cases|rest)-\d{5,}\.jsonl$/;

export const Part = z.object({
  file: z.string().check(z.regex(PART_FILE)),
  section: z.enum(IMPORT_ORDER),
  lines: z.int(),
  sha256: z.string(),
});
export type Part = z.infer<typeof Part>;

/** The most messages that a manifest names of those whose long text was missing. */
export const MISSING_NAMED_MAX = 1_000;

/** The messages whose long text was not in the content bucket: how many, and the ids of the first. */
export const MissingTexts = z.object({
  count: z.int(),
  named: z.array(z.string()).check(z.maxLength(MISSING_NAMED_MAX)),
});
export type MissingTexts = z.infer<typeof MissingTexts>;

/** What an export holds; written last, so that a folder without it is no export. */
export const Manifest = z.object({
  format: z.int(),
  exportId: z.string(),
  exportedAt: Instant,
  /** The desk's epoch; the import's is higher. */
  epoch: z.int(),
  /** The schema of cases of whoever exported. */
  schema: z.int(),
  /** How many of each noun. */
  counts: z.record(z.string(), z.int()),
  parts: z.array(Part),
  /** Absent: none. The export has all else of these messages. */
  missingTexts: z.optional(MissingTexts),
});
export type Manifest = z.infer<typeof Manifest>;

/** A line that holds a text of the content bucket. Every other line is an item. */
export const BodyLine = z.object({ body: z.string(), text: z.string() });
export type BodyLine = z.infer<typeof BodyLine>;

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
