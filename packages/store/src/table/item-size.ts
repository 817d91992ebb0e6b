import type { Item } from "./table.ts";

/** The most that DynamoDB takes, in bytes (Service, account, and table quotas in Amazon DynamoDB). */
export const ITEM_BYTES_MAX = 400 * 1024;
/** The most of all items that one transaction writes. */
export const TRANSACTION_BYTES_MAX = 4 * 1024 * 1024;
const PARTITION_KEY_BYTES_MAX = 2_048;
const SORT_KEY_BYTES_MAX = 1_024;

/** A list or an object, and each part of it. */
const CONTAINER_BYTES = 3;
const PART_BYTES = 1;

/** No text in UTF-8 takes more for what JavaScript counts as one. */
const BYTES_OF_UNIT_MAX = 3;
/** The most digits that a number may have, two a byte, its exponent and its sign. */
const NUMBER_BYTES_MAX = 22;

/** The size of an item as DynamoDB counts it (DynamoDB item sizes and formats): the names of attributes and their values. */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);
}

/** Not less than the size of a list or an object; `boundOf` says it of those within, so that nothing is looked at twice. */
export function partsBound(parts: object, boundOf: (part: object) => number): number {
  let sum = CONTAINER_BYTES;
  for (const name in parts) {
    const value = (parts as Readonly<Record<string, unknown>>)[name];
    sum += PART_BYTES + name.length * BYTES_OF_UNIT_MAX;
    if (typeof value === "string") sum += value.length * BYTES_OF_UNIT_MAX;
    else sum += typeof value === "object" && value !== null ? boundOf(value) : NUMBER_BYTES_MAX;
  }
  return sum;
}

/** Throws for an item that DynamoDB refuses. `bound` is not less than its size: most items need not be measured. */
export function requireItemSize(item: Item, bound: number): void {
  requireBytes("a partition key", item.pk, PARTITION_KEY_BYTES_MAX);
  requireBytes("a sort key", item.sk, SORT_KEY_BYTES_MAX);
  if (bound <= ITEM_BYTES_MAX) return;
  const bytes = itemBytes(item);
  if (bytes > ITEM_BYTES_MAX) throw new RangeError(`an item of ${bytes} bytes: the table takes ${ITEM_BYTES_MAX}`);
}

/** Throws for a transaction that DynamoDB refuses. `boundOf` says what the size of an item is not more than. */
export function requireTransactionSize(items: readonly Item[], boundOf: (item: Item) => number): void {
  if (items.reduce((sum, item) => sum + boundOf(item), 0) <= TRANSACTION_BYTES_MAX) return;
  const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
  if (bytes <= TRANSACTION_BYTES_MAX) return;
  throw new RangeError(`a transaction of ${bytes} bytes: the table takes ${TRANSACTION_BYTES_MAX}`);
}

function requireBytes(what: string, text: string, most: number): void {
  if (text.length * BYTES_OF_UNIT_MAX <= most) return;
  const bytes = textBytes(text);
  if (bytes > most) throw new RangeError(`${what} of ${bytes} bytes: the table takes ${most}`);
}

function valueBytes(value: unknown): number {
  if (typeof value === "string") return textBytes(value);
  if (typeof value === "number") return numberBytes(value);
  if (typeof value !== "object" || value === null) return value === undefined ? 0 : 1;
  const names = Array.isArray(value) ? [] : Object.keys(value);
  const parts = Object.values(value);
  const ofParts = parts.reduce((sum: number, part: unknown) => sum + PART_BYTES + valueBytes(part), CONTAINER_BYTES);
  return names.reduce((sum, name) => sum + textBytes(name), ofParts);
}

function textBytes(text: string): number {
  return Buffer.byteLength(text);
}

/** Two digits a byte, in pairs from the decimal point, and a byte each for the exponent and for a sign. */
function numberBytes(value: number): number {
  if (value === 0) return 1;
  const [mantissa = "", exponent] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "").length;
  const lastPlace = Number(exponent) - digits + 1;
  const fromEvenPlace = digits + Math.abs(lastPlace % 2);
  return 1 + Math.ceil(fromEvenPlace / 2) + (value < 0 ? 1 : 0);
}
