import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Part, type Section, sha256 } from "./export-format.ts";

/** A part is closed when it has so many characters; what belongs together is never divided. */
export const PART_LENGTH = 8_000_000;

const NUMBER_DIGITS = 5;

/** Writes lines of JSON to numbered parts of a section. */
export interface PartWriter {
  /** Adds lines that belong together; true when that closed a part. */
  add(lines: readonly unknown[]): Promise<boolean>;
  /** Closes the part that is open, if there is one. */
  close(): Promise<void>;
}

/** Adds each part to `parts` once its file is whole. */
export function partWriter(
  directory: string,
  section: Section,
  { parts, partLength }: { parts: Part[]; partLength: number },
): PartWriter {
  let open: string[] = [];
  let length = 0;

  async function close(): Promise<void> {
    if (open.length === 0) return;
    const number = parts.filter((part) => part.section === section).length + 1;
    const file = `${section}-${String(number).padStart(NUMBER_DIGITS, "0")}.jsonl`;
    const text = `${open.join("\n")}\n`;
    await writeFile(join(directory, file), text);
    parts.push({ file, section, lines: open.length, sha256: sha256(text) });
    open = [];
    length = 0;
  }

  return {
    add: async (lines) => {
      const written = lines.map((line) => JSON.stringify(line));
      open.push(...written);
      length += written.reduce((sum, line) => sum + line.length, 0);
      if (length < partLength) return false;
      await close();
      return true;
    },
    close,
  };
}
