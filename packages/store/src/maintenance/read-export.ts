import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CASE_SCHEMA, type Fact, Instant, type RulesInForce, subjectWord } from "@ithaca/domain";
import * as z from "zod/mini";
import { requireKnownSchema } from "../items/case-item.ts";
import { factsOf } from "../items/facts-item.ts";
import { subjectOf } from "../items/message-item.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { ShippedRules } from "../rules/shipped-rules.ts";
import type { Item } from "../table/table.ts";
import { EXPORT_FORMAT, MANIFEST_FILE, Manifest, type Part, type Section, sha256 } from "./export-format.ts";

/** The manifest of a whole export. Throws when the folder holds none, or one of another format or of newer code. */
export async function readManifest(directory: string): Promise<Manifest> {
  const text = await readFile(join(directory, MANIFEST_FILE), "utf8").catch(() => undefined);
  if (text === undefined) throw new Error(`${directory} holds no whole export: it has no ${MANIFEST_FILE}`);
  const manifest = z.decode(Manifest, JSON.parse(text));
  if (manifest.format !== EXPORT_FORMAT)
    throw new Error(`the export is of format ${manifest.format}, not ${EXPORT_FORMAT}`);
  if (manifest.schema > CASE_SCHEMA) requireKnownSchema(`the export in ${directory}`, manifest.schema);
  return manifest;
}

/** The lines of a part. Throws when it is not what the manifest says. */
export async function readLines(
  directory: string,
  { file, sha256: expected }: Part,
): Promise<Record<string, unknown>[]> {
  const text = await readFile(join(directory, file), "utf8");
  if (sha256(text) !== expected) throw new Error(`${file} is not what was exported: its checksum differs`);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => z.parse(z.looseObject({}), JSON.parse(line)));
}

/** The items of some lines, by what belongs together: those of a partition, in their order. */
export function byPartition(items: readonly Item[]): Item[][] {
  const partitions = new Map<string, Item[]>();
  for (const item of items) {
    const before = partitions.get(item.pk);
    if (before === undefined) partitions.set(item.pk, [item]);
    else before.push(item);
  }
  return [...partitions.values()];
}

/** A case of an export, by what was recorded of it. */
export interface ExportedCase {
  caseId: string;
  openingMessageId: string;
  appends: (readonly Fact[])[];
}

/** An export that is read and not brought in; one part of it is in memory at a time. */
export interface OpenExport {
  readonly manifest: Manifest;
  /** The rules in force when it was made. */
  rulebook(): Promise<RulesInForce>;
  /** The cases that were opened in [from, until), in no order that matters. */
  cases(from: Instant, until: Instant): AsyncIterable<ExportedCase>;
  /** The subjects that a priority may go by, by message: those with a word in them that rules look for. */
  telltaleSubjects(): Promise<ReadonlyMap<string, string>>;
}

/** Opens an export. `onPart` is told how far the reading of cases has come. Throws as `readManifest` does. */
export async function openExport(
  directory: string,
  { shipped, onPart = () => {} }: { shipped: ShippedRules; onPart?: (done: number, of: number) => void },
): Promise<OpenExport> {
  const manifest = await readManifest(directory);
  const partsOf = (section: Section) => manifest.parts.filter((part) => part.section === section);
  const itemsOf = async (part: Part) => (await readLines(directory, part)).filter((line): line is Item => "pk" in line);

  return {
    manifest,
    rulebook: async () => {
      const clock = () => manifest.exportedAt;
      const store = openMemoryStore({ clock, random: () => 0, shipped });
      for (const part of partsOf("rules")) for (const item of await itemsOf(part)) await store.table.put(item);
      return store.rulebooks.inForce(manifest.exportedAt);
    },
    cases: async function* (from, until) {
      const parts = partsOf("cases");
      for (const [at, part] of parts.entries()) {
        for (const items of byPartition(await itemsOf(part))) {
          const found = openedBetween(items, from, until);
          if (found !== undefined) yield found;
        }
        onPart(at + 1, parts.length);
      }
    },
    telltaleSubjects: async () => {
      const subjects = new Map<string, string>();
      for (const part of partsOf("rest")) {
        for (const item of await itemsOf(part)) {
          const subject = item.noun === "message" ? subjectOf(item) : undefined;
          if (subject !== undefined && subjectWord(subject) !== undefined) subjects.set(messageIdOf(item), subject);
        }
      }
      return subjects;
    },
  };
}

const StateOfCase = z.object({ id: z.string(), openingMessageId: z.string(), openedAt: Instant });

/** Facts are decoded only of the cases that are asked for: most of an export may be older. */
function openedBetween(items: readonly Item[], from: Instant, until: Instant): ExportedCase | undefined {
  const state = items.find(({ noun }) => noun === "case")?.state;
  const { id, openingMessageId, openedAt } = z.decode(StateOfCase, state as z.input<typeof StateOfCase>);
  if (openedAt < from || openedAt >= until) return undefined;
  const appends = items.filter(({ noun }) => noun === "facts").map((item) => factsOf(item).facts);
  return { caseId: id, openingMessageId, appends };
}

function messageIdOf({ pk }: Item): string {
  return pk.slice("MSG#".length);
}
