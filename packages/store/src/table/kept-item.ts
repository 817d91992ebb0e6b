import { partsBound, requireItemSize } from "./item-size.ts";
import type { Item } from "./table.ts";

/** Items and their parts that nobody can change, and what their sizes are not more than: whoever is made of them shares them. */
const kept = new WeakMap<object, number>();

/**
 * An item as the table in memory keeps it, deeply frozen: undefined is left out, and a value that is not JSON
 * shows at once. What is kept already is not copied again. Throws for an item that DynamoDB refuses for its size.
 */
export function keptItem(item: Item): Item {
  const stored = frozen(item) as Item;
  requireItemSize(stored, itemBound(stored));
  return stored;
}

/** Not less than the size of a kept item, in bytes. */
export function itemBound(item: Item): number {
  return kept.get(item) ?? Number.POSITIVE_INFINITY;
}

function frozen(value: unknown): unknown {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (typeof value === "number") return exactNumber(value);
  if (typeof value !== "object") throw new TypeError(`a ${typeof value} is nothing that the table takes`);
  if (kept.has(value)) return value;
  const copy = Array.isArray(value) ? frozenList(value) : frozenParts(value);
  kept.set(Object.freeze(copy), partsBound(copy, boundOf));
  return copy;
}

function boundOf(part: object): number {
  return kept.get(part) ?? Number.POSITIVE_INFINITY;
}

/** The client of DynamoDB refuses what a number of JavaScript does not hold to the last digit. */
function exactNumber(value: number): number {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new RangeError(`${value} is no number that the table takes`);
}

function frozenList(list: readonly unknown[]): unknown[] {
  return list.filter((part) => part !== undefined).map(frozen);
}

function frozenParts(value: object): Record<string, unknown> {
  requirePlain(value);
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) if (part !== undefined) copy[name] = frozen(part);
  return copy;
}

/** Plain objects have no class, be they of another realm. */
function requirePlain(value: object): void {
  if (Object.getPrototypeOf(value) === Object.prototype) return;
  const name = value.constructor?.name ?? "Object";
  if (name !== "Object") throw new TypeError(`a ${name} is nothing that the table takes`);
}
