import { type Item, type Key, keptItem, type Table, type Write } from "@ithaca/store";
import type { Agenda } from "./agenda.ts";
import { type Chance, chanceOf } from "./chance.ts";
import type { Faults } from "./faults.ts";
import type { Call } from "./process.ts";

/** One write that became true. */
export interface Committed {
  readonly key: Key;
  /** Absent: it was removed. */
  readonly item: Item | undefined;
  readonly inserted: boolean;
}

type Sum = Extract<Write, { readonly addTo: unknown }>;

/** Everything that became true at once, by whom. */
export interface Commit {
  readonly at: number;
  readonly by: string;
  readonly writes: readonly Committed[];
  /** What was added to counts, as it was asked for. */
  readonly sums: readonly Sum[];
}

interface SimulatedTable {
  /** The table as a process meets it: with latency, faults and indexes that lag. */
  connected(call: Call, by: string): Table;
}

interface TableWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly truth: Table;
  /** An empty table, for what the indexes show. */
  readonly shown: Table;
  readonly onCommit: (commit: Commit) => void;
}

/** Whoever cannot read the rules opens cases all the same. */
const INTAKE = "receive-message";
/** The item that says which rules are in force from when. */
const RULES: Key = { pk: "DESK", sk: "RULES" };
const LAG_MAX_MS = 80;
const STALE_MAX_MS = 120_000;
const UNREAD_MAX_MS = 15 * 60_000;
const FORGOTTEN_AFTER = 1_000;

export function openSimulatedTable(world: TableWorld): SimulatedTable {
  const { seed, agenda, faults, truth, onCommit } = world;
  const chance = chanceOf(seed, "table");
  const indexes = laggingIndexes(world);
  const keys = new Set<string>();

  function commit(by: string, items: readonly { key: Key; item: Item | undefined }[], sums: readonly Sum[] = []): void {
    const writes = items.map(({ key, item }) => {
      const name = `${key.pk} ${key.sk}`;
      const inserted = item !== undefined && !keys.has(name);
      if (item === undefined) keys.delete(name);
      else keys.add(name);
      return { key: { pk: key.pk, sk: key.sk }, item, inserted };
    });
    for (const { item } of writes) if (item !== undefined) indexes.follow(item);
    onCommit({ at: agenda.now(), by, writes, sums });
  }

  /** To one process: what it could not read it cannot read for a while, unless it is intake, which has no time to wait. */
  const readableTo = (by: string) => {
    let unreadUntil = 0;
    let known: unknown;
    const strikes = (revision: unknown): boolean => {
      if (by === INTAKE) return faults.strikes("intake-without-rules", chance);
      const isNews = known !== undefined && known !== revision;
      return faults.strikes("rules-unread", chance) || (isNews && faults.strikes("new-rules-unread", chance));
    };
    return async <Answer>(asked: readonly Key[], read: () => Promise<Answer>): Promise<Answer> => {
      if (!asked.some(({ pk, sk }) => pk === RULES.pk && sk === RULES.sk)) return read();
      const revision = (await truth.get(RULES))?.revision;
      if (agenda.now() >= unreadUntil && strikes(revision)) {
        unreadUntil = agenda.now() + (by === INTAKE ? 0 : chance.between(0, UNREAD_MAX_MS));
        throw new Error("the rules cannot be read");
      }
      if (agenda.now() < unreadUntil) throw new Error("the rules cannot be read");
      known = revision;
      return read();
    };
  };

  const committing = (by: string): Table => ({
    ...truth,
    transact: async (asked) => {
      const writes = asked.map((one) => ("put" in one ? { ...one, put: keptItem(one.put) } : one));
      const result = await truth.transact(writes);
      if (result.done) {
        commit(
          by,
          writes.flatMap((one): { key: Key; item: Item | undefined }[] => {
            if ("put" in one) return [{ key: one.put, item: one.put }];
            return "remove" in one ? [{ key: one.remove, item: undefined }] : [];
          }),
          writes.filter((one) => "addTo" in one),
        );
      }
      return result;
    },
    put: async (asked, condition) => {
      const item = keptItem(asked);
      const put = await truth.put(item, condition);
      if (put) commit(by, [{ key: item, item }]);
      return put;
    },
    update: async (key, change, condition) => {
      const updated = await truth.update(key, change, condition);
      if (updated.updated) commit(by, [{ key, item: updated.item }]);
      return updated;
    },
    query: (stretch) => (stretch.index === undefined ? truth.query(stretch) : indexes.query(stretch)),
  });

  return {
    connected: (call, by) => {
      const table = committing(by);
      const readable = readableTo(by);
      return {
        get: (key) => call("table", () => readable([key], () => table.get(key))),
        getMany: (some) => call("table", () => readable(some, () => table.getMany(some))),
        // A transaction carries a token: repeated by the SDK, it happens once.
        transact: (writes) =>
          call("table", () => table.transact(writes), { otherwise: () => ({ done: false as const, failed: [] }) }),
        put: (item, condition) =>
          call("table", () => table.put(item, condition), { repeats: true, otherwise: () => false }),
        update: (key, change, condition) =>
          call("table", () => table.update(key, change, condition), {
            repeats: true,
            otherwise: () => ({ updated: false as const }),
          }),
        query: (stretch) => call("table", () => table.query(stretch)),
        scan: (after) => table.scan(after),
      };
    },
  };
}

/** A copy of what has a place in an index, that comes to know each write a little later, in their order. */
function laggingIndexes({ seed, agenda, faults, shown }: TableWorld) {
  const chance: Chance = chanceOf(seed, "indexes");
  const known = new Set<string>();
  const behind: { at: number; item: Item }[] = [];
  let first = 0;

  /** Each write once, however many ask at the same time. */
  function catchUp(): void {
    for (let one = behind[first]; one !== undefined && one.at <= agenda.now(); one = behind[first]) {
      first += 1;
      // In memory a write is done when the call returns.
      void shown.put(one.item);
    }
    if (first > FORGOTTEN_AFTER) {
      behind.splice(0, first);
      first = 0;
    }
  }

  return {
    follow(item: Item): void {
      const name = `${item.pk} ${item.sk}`;
      const placed = item.gsi1pk !== undefined || item.gsi2pk !== undefined || item.gsi3pk !== undefined;
      if (!placed && !known.has(name)) return;
      known.add(name);
      const lag = chance.between(0, faults.strikes("index-stale", chance) ? STALE_MAX_MS : LAG_MAX_MS);
      behind.push({ at: Math.max(agenda.now() + lag, behind.at(-1)?.at ?? 0), item });
    },
    async query(stretch: Parameters<Table["query"]>[0]): ReturnType<Table["query"]> {
      catchUp();
      return shown.query(stretch);
    },
  };
}
