import type { IndexName, Key, Table } from "@ithaca/store";
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
  | { readonly kind: "query"; readonly stretch: Stretch };

const PARTITIONS = 4;
const PLACES = 6;
const INDEXES: readonly IndexName[] = ["gsi1", "gsi2", "gsi3"];
const LONG_TEXT = "long ".repeat(2_000);
const WRITES_MAX = 6;
/** One more than a transaction takes. */
const TOO_MANY = 101;

/** Operations on few keys, so that they meet: conditions, cancellations, paging in both directions, too much at once. */
export function randomOperation(chance: Chance, lane: string): Operation {
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
      return { kind, keys: distinct(Array.from({ length: chance.between(1, 5) }, () => keyOf(chance, lane))) };
    case "put":
      return { kind, item: itemOf(chance, lane), condition: chance.happens(0.3) ? undefined : conditionOf(chance) };
    case "update":
      return { kind, key: keyOf(chance, lane), change: changeOf(chance), condition: conditionOf(chance) };
    case "transact":
      return { kind, writes: chance.happens(0.01) ? tooMany(lane) : writesOf(chance, lane) };
    case "query":
      return { kind, stretch: stretchOf(chance, lane) };
  }
}

function keyOf(chance: Chance, lane: string): Key {
  return { pk: `${lane}#${chance.between(1, PARTITIONS)}`, sk: `PLACE#${chance.between(1, PLACES)}` };
}

function distinct<One extends Key>(keys: readonly One[]): One[] {
  return [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
}

function itemOf(chance: Chance, lane: string, key: Key = keyOf(chance, lane)): Item {
  return {
    ...key,
    version: chance.between(1, 3),
    status: chance.pick(["pending", "claimed", "done"]),
    at: `2026-11-0${chance.between(1, 9)}T10:00:00.000Z`,
    names: chance.pick([[], ["a"], ["a", "b"]]),
    ...(chance.happens(0.3) && { nested: { list: [1, { deep: true }], nothing: null, empty: "" } }),
    ...(chance.happens(0.05) && { text: LONG_TEXT }),
    ...(chance.happens(0.3) && { optional: undefined }),
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
    ]),
  );
}

function changeOf(chance: Chance): Parameters<Table["update"]>[1] {
  return {
    set: { status: chance.pick(["pending", "claimed", "done"]), at: `2026-11-0${chance.between(1, 9)}T10:00:00.000Z` },
    ...(chance.happens(0.4) && {
      remove: chance.pick([["names"], ["gsi1pk", "gsi1sk"], ["never"], ["nested", "text"]]),
    }),
  };
}

function writesOf(chance: Chance, lane: string): Write[] {
  const keys = distinct(Array.from({ length: chance.between(1, WRITES_MAX) }, () => keyOf(chance, lane)));
  return keys.map((key): Write => {
    const condition = chance.happens(0.5) ? { condition: conditionOf(chance) } : {};
    const drawn = chance.next();
    if (drawn < 0.15) return { remove: key, ...condition };
    if (drawn < 0.2) return { amend: key, set: { active: chance.between(0, 2) }, condition: conditionOf(chance) };
    if (drawn < 0.3) return { addTo: { pk: `${lane}#counts`, sk: key.sk }, amounts: { active: chance.between(-2, 2) } };
    return { put: itemOf(chance, lane, key), ...condition };
  });
}

function tooMany(lane: string): Write[] {
  return Array.from({ length: TOO_MANY }, (_, at) => ({ put: { pk: `${lane}#many`, sk: `${at}` } }));
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
