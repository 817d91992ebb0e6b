import { type IndexName, ITEM_BYTES_MAX, itemBytes, type Key, keptItem, type Table } from "@ithaca/store";
import type { Chance } from "../world/chance.ts";

type Item = Parameters<Table["put"]>[0];
type Condition = NonNullable<Parameters<Table["put"]>[1]>;
type Write = Parameters<Table["transact"]>[0][number];
type Stretch = Parameters<Table["query"]>[0];

/** One thing that is asked of a table, whatever it is kept in. */
export type Operation =
  | { readonly kind: "get"; readonly key: Key }
  | { readonly kind: "get-many"; readonly keys: readonly Key[] }
  | { readonly kind: "put"; readonly item: Item; readonly condition: Condition | undefined }
  | {
      readonly kind: "update";
      readonly key: Key;
      readonly change: Parameters<Table["update"]>[1];
      readonly condition: Condition;
    }
  | { readonly kind: "transact"; readonly writes: readonly Write[] }
  | { readonly kind: "query"; readonly stretch: Stretch }
  /** Everything of the lane, and once more what comes after the item at a share of it. */
  | { readonly kind: "scan"; readonly lane: string; readonly share: number };

const PARTITIONS = 4;
const PLACES = 6;
const INDEXES: readonly IndexName[] = ["gsi1", "gsi2", "gsi3"];
/** One fits into an item, two do not. */
const LARGE_BYTES = [390_000, 20_000] as const;
/** So many large items are more than a transaction takes. */
const TOO_LARGE_TOGETHER = 12;
const LONG_TEXT = "long ".repeat(2_000);
const SCANS = 0.003;
const WRITES_MAX = 6;
/** As many as a transaction or a batch takes, and one more. */
const MANY = [100, 100, 101];

/**
 * Operations on few keys, so that they meet: conditions, cancellations, paging in both directions, and at the limits of
 * DynamoDB: too many at once, too much at once, more than a page.
 */
export function randomOperation(chance: Chance, lane: string): Operation {
  if (chance.happens(SCANS)) return { kind: "scan", lane, share: chance.next() };
  const kind = chance.pick([
    "get",
    "get-many",
    "put",
    "put",
    "update",
    "update",
    "transact",
    "transact",
    "query",
    "query",
  ] as const);
  switch (kind) {
    case "get":
      return { kind, key: keyOf(chance, lane) };
    case "get-many":
      return { kind, keys: keysOf(chance, lane) };
    case "put":
      return { kind, item: itemOf(chance, lane), condition: chance.happens(0.3) ? undefined : conditionOf(chance) };
    case "update":
      return { kind, key: keyOf(chance, lane), change: changeOf(chance), condition: conditionOf(chance) };
    case "transact":
      return { kind, writes: writesOf(chance, lane) };
    case "query":
      return { kind, stretch: stretchOf(chance, lane) };
  }
}

function keyOf(chance: Chance, lane: string): Key {
  return { pk: `${lane}#${chance.between(1, PARTITIONS)}`, sk: `PLACE#${chance.between(1, PLACES)}` };
}

function keysOf(chance: Chance, lane: string): Key[] {
  if (chance.happens(0.03)) return manyKeys(lane, chance.pick(MANY));
  const keys = Array.from({ length: chance.between(0, 5) }, () => keyOf(chance, lane));
  return chance.happens(0.05) ? keys : distinct(keys);
}

function manyKeys(lane: string, count: number): Key[] {
  return Array.from({ length: count }, (_, at) => ({ pk: `${lane}#many`, sk: `${at}` }));
}

function distinct<One extends Key>(keys: readonly One[]): One[] {
  return [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
}

function itemOf(chance: Chance, lane: string, key: Key = keyOf(chance, lane)): Item {
  const item = smallItem(chance, lane, key);
  return chance.happens(0.005) ? filledUp(chance, item) : item;
}

function smallItem(chance: Chance, lane: string, key: Key): Item {
  return {
    ...key,
    version: chance.between(1, 3),
    status: chance.pick(["pending", "claimed", "done"]),
    at: `2026-11-0${chance.between(1, 9)}T10:00:00.000Z`,
    names: chance.pick([[], ["a"], ["a", "b"]]),
    attempts: chance.pick([0, 1, 9, 99]),
    share: chance.pick([0, -1.5, 1_200, 0.000_12, 123_456_789]),
    ...(chance.happens(0.7) && {
      projection: { dueAt: null, ...(chance.happens(0.7) && { atRisk: chance.happens(0.5) }) },
    }),
    ...(chance.happens(0.3) && { nested: { list: [1, { deep: true }], nothing: null, empty: "" } }),
    ...(chance.happens(0.05) && { text: LONG_TEXT }),
    ...(chance.happens(0.3) && { optional: undefined }),
    ...(chance.happens(0.02) && { odd: chance.pick([[1, undefined, 2], 1e21, Number.NaN, new Date(0)]) }),
    ...placesOf(chance, lane, key),
  };
}

/** No two items stand at one place of an index: what comes first of those is nobody's promise. */
function placesOf(chance: Chance, lane: string, { pk, sk }: Key): Record<string, string> {
  const some = INDEXES.filter(() => chance.happens(0.5));
  return Object.fromEntries(
    some.flatMap((index) => [
      [`${index}pk`, `${lane}#shard${chance.between(0, 1)}`],
      [`${index}sk`, `${chance.between(1, 9)}#${pk}#${sk}`],
    ]),
  );
}

function conditionOf(chance: Chance): Condition {
  return Array.from({ length: chance.between(1, 2) }, () =>
    chance.pick<Condition[number]>([
      "absent",
      { version: { equals: chance.between(1, 3) } },
      { status: { equals: "pending" } },
      { status: { equals: "claimed" }, at: { atMost: "2026-11-05T10:00:00.000Z" } },
      { names: { equals: chance.pick([[], ["a"], ["a", "b"]]) } },
      { version: { atMost: 2 } },
      { missing: { equals: "never" } },
      { missing: { isAbsent: true } },
      { "projection.atRisk": { isAbsent: true } },
      { "projection.atRisk": { isAbsent: true }, version: { atMost: 2 } },
      { "projection.atRisk": { equals: true } },
      { "projection.dueAt": { isAbsent: true }, nested: { isAbsent: true } },
      { "nested.list.deep": { isAbsent: true } },
      { version: { equals: "1" } },
      { at: { atMost: 5 } },
    ]),
  );
}

function changeOf(chance: Chance): Parameters<Table["update"]>[1] {
  const large = chance.happens(0.02) && { [chance.pick(["text", "more"])]: textOf(chance.pick(LARGE_BYTES)) };
  return {
    set: {
      status: chance.pick(["pending", "claimed", "done"]),
      at: `2026-11-0${chance.between(1, 9)}T10:00:00.000Z`,
      ...large,
    },
    ...(chance.happens(0.4) && {
      remove: chance.pick([["names"], ["gsi1pk", "gsi1sk"], ["never"], ["nested", "text"]]),
    }),
    ...(chance.happens(0.3) && { increment: chance.pick(["attempts", "attempts", "attempts", "never"]) }),
  };
}

function writesOf(chance: Chance, lane: string): Write[] {
  if (chance.happens(0.01)) return chance.happens(0.2) ? [] : putMany(chance, lane);
  if (chance.happens(0.01)) return putLarge(chance, lane);
  const keys = distinct(Array.from({ length: chance.between(1, WRITES_MAX) }, () => keyOf(chance, lane)));
  return keys.map((key): Write => {
    const condition = chance.happens(0.5) ? { condition: conditionOf(chance) } : {};
    const drawn = chance.next();
    if (drawn < 0.15) return { remove: key, ...condition };
    if (drawn < 0.2) return { amend: key, set: amendmentOf(chance), condition: conditionOf(chance) };
    if (drawn < 0.3) return { addTo: { pk: `${lane}#counts`, sk: key.sk }, amounts: { active: chance.between(-2, 2) } };
    return { put: itemOf(chance, lane, key), ...condition };
  });
}

function amendmentOf(chance: Chance): Record<string, unknown> {
  const large = chance.happens(0.05) && { [chance.pick(["text", "more"])]: textOf(chance.pick(LARGE_BYTES)) };
  return { active: chance.between(0, 2), ...large };
}

/** As many items as a transaction takes, or one more. */
function putMany(chance: Chance, lane: string): Write[] {
  return manyKeys(lane, chance.pick(MANY)).map((key) => ({ put: { ...key, drawn: chance.between(1, 9) } }));
}

/** Large items side by side, so that a page ends between them; now and then more than a transaction takes. */
function putLarge(chance: Chance, lane: string): Write[] {
  const count = chance.happens(0.2) ? TOO_LARGE_TOGETHER : chance.between(2, PLACES);
  const pk = `${lane}#${chance.between(1, PARTITIONS)}`;
  return Array.from({ length: count }, (_, at) => {
    const key = { pk, sk: `PLACE#${at + 1}` };
    return { put: { ...key, ...placesOf(chance, lane, key), text: textOf(LARGE_BYTES[0]) } };
  });
}

function textOf(bytes: number): string {
  return "x".repeat(bytes);
}

/** Fills an item up to the most that one may have, or some bytes less or more. What no table takes is left out. */
function filledUp(chance: Chance, { odd: _, ...item }: Item): Item {
  const bytes = ITEM_BYTES_MAX + chance.between(-2, 2) - itemBytes(keptItem({ ...item, text: "" }));
  const wide = chance.happens(0.3) ? "é".repeat(100) : "";
  return { ...item, text: `${wide}${textOf(bytes - 2 * wide.length)}` };
}

function stretchOf(chance: Chance, lane: string): Stretch {
  const index = chance.happens(0.5) ? chance.pick(INDEXES) : undefined;
  const partition =
    index === undefined ? `${lane}#${chance.between(1, PARTITIONS)}` : `${lane}#shard${chance.between(0, 1)}`;
  const place = () => (index === undefined ? `PLACE#${chance.between(0, PLACES)}` : `${chance.between(0, 9)}`);
  return {
    ...(index !== undefined && { index }),
    partition,
    limit: chance.between(1, 8),
    ...(chance.happens(0.4) && { from: place() }),
    ...(chance.happens(0.4) && { until: `${place()}~` }),
    ...(chance.happens(0.3) && { descending: true }),
  };
}
