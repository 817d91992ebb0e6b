import { Instant, instant } from "@ithaca/domain";
import * as z from "zod/mini";
import { DESK_KEY, PROJECTIONS_KEY } from "../keys.ts";
import type { DeskState, DeskStore } from "../ports/desk.ts";
import type { Condition, Item, Table } from "../table/table.ts";

const StoredDesk = z.object({ epoch: z.int(), outbound: z.enum(["live", "held"]), armedUntil: Instant });

const StoredSweep = z.object({
  revision: z.int(),
  seenAt: Instant,
  cursor: z.optional(z.string()),
  again: z.optional(z.boolean()),
  done: z.boolean(),
});

const FIRST_EPOCH = 1;
const NOTHING_ARMED = instant(0);
const TRIES = 10;

/** The desk as a whole, in one item. */
export function deskStore(table: Table): DeskStore {
  return {
    read: async () => deskOf(await table.get(DESK_KEY)),
    bumpEpoch: () => changeDesk(table, ({ epoch }) => heldDesk(epoch + 1)),
    hold: async () => {
      await changeDesk(table, (desk) => ({ ...desk, outbound: "held" }));
    },
    goLive: async () => {
      await changeDesk(table, (desk) => ({ ...desk, outbound: "live" }));
    },
    setArmedUntil: async (armedUntil) => {
      await changeDesk(table, (desk) => ({ ...desk, armedUntil }));
    },
    projections: async () => {
      const item = await table.get(PROJECTIONS_KEY);
      if (item === undefined) return { revision: 0, seenAt: instant(0), done: true };
      return z.decode(StoredSweep, item as unknown as z.input<typeof StoredSweep>);
    },
    setProjections: async (sweep) => {
      await table.put({ ...PROJECTIONS_KEY, noun: "projection-sweep", ...z.encode(StoredSweep, sweep) });
    },
  };
}

/** A desk at the beginning of an epoch that an import or a restore made. */
export function heldDesk(epoch: number): DeskState {
  return { epoch, outbound: "held", armedUntil: NOTHING_ARMED };
}

/** Reads, changes and writes on condition that nobody wrote between; on a conflict again. */
export async function changeDesk(table: Table, change: (desk: DeskState) => DeskState): Promise<DeskState> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const item = await table.get(DESK_KEY);
    const next = change(deskOf(item));
    const written = { ...DESK_KEY, noun: "desk", ...z.encode(StoredDesk, next) };
    if (await table.put(written, unchanged(item))) return next;
  }
  throw new Error(`the desk was changed by others ${TRIES} times in a row`);
}

/** The epoch of the desk's item, 1 while there is none. */
export function epochOf(item: Item | undefined): number {
  return deskOf(item).epoch;
}

function deskOf(item: Item | undefined): DeskState {
  if (item === undefined) return { epoch: FIRST_EPOCH, outbound: "live", armedUntil: NOTHING_ARMED };
  return z.decode(StoredDesk, item as unknown as z.input<typeof StoredDesk>);
}

function unchanged(item: Item | undefined): Condition {
  if (item === undefined) return ["absent"];
  const { epoch, outbound, armedUntil } = z.encode(StoredDesk, deskOf(item));
  return [{ epoch: { equals: epoch }, outbound: { equals: outbound }, armedUntil: { equals: armedUntil } }];
}
