import { Effect, Owed, taskOwner } from "@ithaca/domain";
import * as z from "zod/mini";
import { owedKey, owedPlace, taskPlace } from "../keys.ts";
import type { Item } from "../table/table.ts";

const KNOWN: ReadonlySet<unknown> = new Set<unknown>(
  Owed.def.options.flatMap((option) => [...option.def.shape.kind.def.values]),
);

/** An effect as an item. One that is born abandoned is announced to nobody, and neither is any of an import. */
export function effectItem(effect: Effect, announce: boolean): Item {
  const { caseId, version, index, id, nextAttemptAt, status } = effect;
  return {
    ...owedKey(caseId, version, index),
    noun: "effect",
    ...z.encode(Effect, effect),
    ...(nextAttemptAt !== undefined && owedPlace(caseId, id, nextAttemptAt)),
    ...openTaskPlace(effect),
    ...(announce && status === "pending" && { announce: true }),
  };
}

/** Where an effect stands among its agent's open tasks, if it is one. */
export function openTaskPlace(effect: Effect): Partial<ReturnType<typeof taskPlace>> {
  const agentId = taskOwner(effect);
  const { id, endedAt, taskDone } = effect;
  if (agentId === undefined || endedAt === undefined || taskDone !== undefined) return {};
  return taskPlace(agentId, id, endedAt);
}

/** The same of an item, as it is or once it has ended so. What only newer code can read is nobody's task. */
export function openTaskPlaceOf(item: Item | undefined, ended: Partial<Effect> = {}): ReturnType<typeof openTaskPlace> {
  const effect = item && readableEffectOf(item);
  return effect === undefined || effect === "unreadable" ? {} : openTaskPlace({ ...effect, ...ended });
}

/** Whether an item holds an effect: for readers of the table's stream. */
export function isEffectItem(item: Item): boolean {
  return item.noun === "effect";
}

/** The effect that an item holds; undefined for a kind that only newer code knows and must do. */
export function effectOf(item: Item): Effect | undefined {
  const { kind } = z.parse(OfAKind, item.owed);
  return KNOWN.has(kind) ? z.decode(Effect, item as unknown as z.input<typeof Effect>) : undefined;
}

const OfAKind = z.object({ kind: z.string() });

/** One that cannot be read must not keep the others from being done. */
export function readableEffectOf(item: Item): Effect | "unreadable" | undefined {
  try {
    return effectOf(item);
  } catch {
    return "unreadable";
  }
}
