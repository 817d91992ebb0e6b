import type { World } from "../world.ts";

/** `--json` as it was given: not at all, whole ("*"), or a list of fields. */
export type JsonChoice = string | undefined;

/** Stands for `--json` without fields. */
export const WHOLE = "*";

/**
 * `--json` without `=` before anything else would take the next word for its fields, so it is given its value here.
 * Nothing after `--` is touched.
 */
export function withJsonValue(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  return args.map((arg, at) => (arg === "--json" && (end < 0 || at < end) ? `--json=${WHOLE}` : arg));
}

/** Writes a value as JSON with the fields that were asked for, or as `human` writes it. */
export function show<Value>(world: World, choice: JsonChoice, value: Value, human: (value: Value) => void): void {
  if (choice === undefined) {
    human(value);
    return;
  }
  world.out.write(`${JSON.stringify(choice === WHOLE ? value : picked(value, choice.split(",")), null, 2)}\n`);
}

/** A value as one line of JSON, with the fields that were asked for. */
export function jsonLine(choice: string, value: unknown): string {
  return `${JSON.stringify(choice === WHOLE ? value : picked(value, choice.split(",")))}\n`;
}

function picked(value: unknown, fields: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => picked(item, fields));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(fields.map((field) => [field, entries.find(([name]) => name === field)?.[1] ?? null]));
}
