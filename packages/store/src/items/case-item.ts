import { atRisk, CASE_SCHEMA, Case, Code, Instant, type Projection } from "@ithaca/domain";
import * as z from "zod/mini";
import { changedPlace, listPlaces, stateKey, wakePlace } from "../keys.ts";
import type { StoredCase } from "../ports/cases.ts";
import type { Item, Where } from "../table/table.ts";
import { NewerSchema } from "./newer-schema.ts";

const StoredProjection = z.object({
  team: z.optional(Code),
  category: z.enum(["active", "waiting", "done"]),
  dueAt: z.optional(Instant),
  wakeAt: z.optional(Instant),
  /** Absent in what was written before cases were counted. */
  atRisk: z.optional(z.boolean()),
  assigneeId: z.optional(z.string()),
});

/** The state of a case as an item, with its projection and its places in the lists and among the wake-ups. */
export function caseItem(current: Case, projection: Projection): Item {
  requireKnownSchema(current.id, current.schema);
  return {
    ...stateKey(current.id),
    noun: "case",
    version: current.version,
    schema: current.schema,
    state: z.encode(Case, current),
    ...projectionAttributes(current, projection).set,
  };
}

/** What a projection is in the item: attributes to set, and those that it has no use for. */
export function projectionAttributes(
  current: Case,
  projection: Projection,
): { set: Readonly<Record<string, unknown>>; remove: string[] } {
  const { dueAt, wakeAt, category } = projection;
  const set = {
    projection: z.encode(StoredProjection, projection),
    ...listPlaces(current.id, projection, { dueAt, changedAt: current.changedAt }),
    ...changedPlace(current.id, current.changedAt),
    ...(wakeAt !== undefined && wakePlace(current.id, wakeAt)),
  };
  const remove = [
    ...(wakeAt === undefined ? ["gsi2pk", "gsi2sk"] : []),
    ...(category === "done" ? ["gsi4pk", "gsi4sk"] : []),
  ];
  return { set, remove };
}

/** Throws NewerSchema when newer code wrote the case in a shape that this code cannot read. */
export function caseOf(item: Item): StoredCase {
  const state = z.safeDecode(Case, item.state as z.input<typeof Case>);
  if (!state.success) {
    requireKnownSchema(item.pk, Number(item.schema));
    throw state.error;
  }
  const projection = z.decode(StoredProjection, item.projection as z.input<typeof StoredProjection>);
  const { team, category, dueAt, wakeAt, atRisk, assigneeId } = projection;
  return {
    case: state.data,
    projection: { team, category, dueAt, wakeAt, atRisk, assigneeId },
    ...(item.recounted !== undefined && { recounted: Number(item.recounted) }),
  };
}

/** What lists show of the state of a case. */
const ListedState = z.pick(Case, {
  id: true,
  number: true,
  version: true,
  status: true,
  ownStatus: true,
  priority: true,
  requestedPriority: true,
  team: true,
  assigneeId: true,
  tier: true,
  openedAt: true,
  changedAt: true,
  openingMessageId: true,
});
export type ListedState = z.infer<typeof ListedState>;

/**
 * A case as lists show it: only what they show is read and checked, for a list has fifty of them. Throws when that is not
 * as this code knows it.
 */
export function listedOf(item: Item): { case: ListedState; dueAt?: Instant; atRisk: boolean } {
  const state = z.decode(ListedState, item.state as z.input<typeof ListedState>);
  const { dueAt, atRisk: kept } = z.decode(ListedProjection, item.projection as z.input<typeof ListedProjection>);
  return { case: state, ...(dueAt !== undefined && { dueAt }), atRisk: kept ?? atRisk(caseOf(item).case) };
}

const ListedProjection = z.pick(StoredProjection, { dueAt: true, atRisk: true });

/** That nobody has recounted its outcomes since it was read: whoever knew none of them would count them wrongly. */
export function ifAsRecounted(before: Pick<StoredCase, "recounted"> | undefined): Where {
  if (before === undefined) return {};
  return { recounted: before.recounted === undefined ? { isAbsent: true } : { equals: before.recounted } };
}

/** Older code refuses to write over what newer code wrote (design.md, How it reads). */
export function requireKnownSchema(name: string, schema: number): void {
  if (schema > CASE_SCHEMA) throw new NewerSchema(name, schema);
}
