import { type Mutant, mutant } from "./mutant.ts";

const APPEND = "packages/store/src/cases/append-writes.ts";
const CHANGE = "packages/store/src/cases/change-case.ts";
const READ_TO_CHANGE = "packages/store/src/cases/read-to-change.ts";
const CASES = "packages/store/src/cases/case-store.ts";
const LOOK_UP = "packages/store/src/cases/look-up.ts";
const COUNTS = "packages/store/src/cases/counts.ts";
const EFFECTS = "packages/store/src/effects/effects.ts";
const EFFECT_ITEM = "packages/store/src/items/effect-item.ts";
const MESSAGE_ITEM = "packages/store/src/items/message-item.ts";
const FACTS_ITEM = "packages/store/src/items/facts-item.ts";
const CASE_ITEM = "packages/store/src/items/case-item.ts";
const MERGE = "packages/store/src/paging/merge-partitions.ts";

const FACTS_WRITE = "{ write: { put: factsItem(recorded, true), condition: IF_ABSENT } },";

/** The fence of versions, the outbox, deduplication and claims, as the store keeps them. */
export const STORE_MUTANTS: readonly Mutant[] = [
  // Each of these conditions is a fence by itself: a mistake shows only when all are gone.
  {
    id: "fence-no-version",
    patches: [
      {
        file: APPEND,
        find: "return version === 0 ? IF_ABSENT : [{ version: { equals: version } }];",
        replace: 'return version === 0 ? IF_ABSENT : ["absent", { noun: { equals: "case" } }];',
      },
      { file: APPEND, find: FACTS_WRITE, replace: FACTS_WRITE.replace(", condition: IF_ABSENT", "") },
    ],
  },
  {
    id: "number-not-reserved",
    patches: [
      {
        file: APPEND,
        find: "return version === 0 ? IF_ABSENT : [{ version: { equals: version } }];",
        replace:
          'return version === 0 ? ["absent", { noun: { equals: "case" } }] : [{ version: { equals: version } }];',
      },
      {
        file: APPEND,
        find: "put: effectItem(effect, true), condition: IF_ABSENT",
        replace: "put: effectItem(effect, true)",
      },
      { file: APPEND, find: FACTS_WRITE, replace: FACTS_WRITE.replace(", condition: IF_ABSENT", "") },
    ],
  },
  mutant(
    "fence-facts-overwritten",
    APPEND,
    "{ write: { put: factsItem(recorded, true), condition: IF_ABSENT } },",
    "{ write: { put: factsItem({ ...recorded, version: Math.max(1, recorded.version - 1) }, true) } },",
  ),
  mutant(
    "outbox-no-effects",
    APPEND,
    "...effects.map((effect) => ({ write",
    "...effects.slice(1).map((effect) => ({ write",
  ),
  mutant("outbox-silent-facts", APPEND, "put: factsItem(recorded, true)", "put: factsItem(recorded, false)"),
  mutant("outbox-silent-effects", APPEND, "put: effectItem(effect, true)", "put: effectItem(effect, false)"),
  mutant("deduplication-no-claims", APPEND, "...claims.flatMap((claim) => claimWrite(claim) ?? []),", ""),
  mutant(
    "deduplication-claims-overwritten",
    APPEND,
    "return put && { write: { put, condition: claimCondition(claim) }, claim };",
    "return put && { write: { put }, claim };",
  ),
  mutant("intake-messages-not-kept", APPEND, "...written.map(({ item }) => ({ write: { put: item } })),", ""),
  mutant(
    "fence-conflict-is-success",
    CHANGE,
    'if (changed !== "conflict") return unlessRepeated(store, caseId, options, changed);',
    'return changed === "conflict" ? { outcome: "not-there" } : unlessRepeated(store, caseId, options, changed);',
  ),
  mutant(
    "fence-stale-allowed",
    READ_TO_CHANGE,
    "options.ifVersion !== undefined && options.ifVersion !== current.version",
    "options.ifVersion !== undefined && options.ifVersion > current.version + 1_000",
  ),
  mutant("outbox-change-owes-nothing", CHANGE, "effects: owedBy(", "effects: ((..._: unknown[]) => [])("),
  mutant(
    "deduplication-key-not-claimed",
    CHANGE,
    'claims: [{ kind: "idempotency-key", ...idempotency, receipt }]',
    "claims: []",
  ),
  mutant(
    "deduplication-key-not-asked",
    LOOK_UP,
    "const keyed = found(asked.keyed);",
    "const keyed = found(undefined);",
  ),
  mutant(
    "deduplication-message-not-asked",
    LOOK_UP,
    "const received = found(asked.received);",
    "const received = found(undefined);",
  ),
  mutant(
    "reconciler-wake-ups-unseen",
    CASES,
    "partitions: wakePartitions(),",
    "partitions: wakePartitions().slice(1),",
  ),
  mutant(
    "claim-of-ended",
    EFFECTS,
    '[{ status: { equals: "pending" } }]);',
    '[{ status: { equals: "pending" } }, { status: { equals: "done" } }]);',
  ),
  mutant(
    "claim-not-leased",
    EFFECTS,
    'const lapsed = { status: { equals: "claimed" }, nextAttemptAt: { atMost: toIso(now) } } as const;',
    'const lapsed = { status: { equals: "claimed" } } as const;',
  ),
  mutant(
    "claim-not-counted",
    EFFECTS,
    'table.update(key, { increment: "attempts", ...change }, condition);',
    "table.update(key, change, condition);",
  ),
  mutant("claim-begun-by-all", EFFECTS, "claimToken: token, begun: false,", "claimToken: token, begun: true,"),
  mutant("claim-lapses-forgotten", EFFECTS, "return begun === false ?", "return begun === true ?"),
  mutant("claim-begun-for-ever", EFFECTS, "set: { begun: true }", "set: { begun: false }"),
  mutant(
    "effects-stay-in-the-index",
    EFFECTS,
    'remove: ["nextAttemptAt", "claimToken", "begun", "restToken", "gsi3pk", "gsi3sk"],',
    'remove: ["claimToken", "begun", "restToken"],',
  ),
  mutant("tasks-of-nobody", EFFECTS, "const place = isAbandoned ?", "const place = !isAbandoned ?"),
  mutant("reconciler-owed-unseen", EFFECTS, "partitions: owedPartitions(),", "partitions: owedPartitions().slice(1),"),
  mutant(
    "budget-never-spent",
    EFFECTS,
    'return table.put(item, ["absent", { effectId: { equals: effectId } }]);',
    "return table.put(item);",
  ),
  mutant(
    "effects-born-out-of-the-index",
    EFFECT_ITEM,
    "...(nextAttemptAt !== undefined && owedPlace(caseId, id, nextAttemptAt)),",
    "",
  ),
  mutant(
    "facts-at-is-lost",
    FACTS_ITEM,
    "facts: facts.map((fact) => z.encode(Fact, fact)),",
    "facts: facts.slice(-1).map((fact) => z.encode(Fact, fact)),",
  ),
  mutant(
    "newer-case-is-written-over",
    CASE_ITEM,
    "if (schema > CASE_SCHEMA) throw",
    "if (schema > 1_000 * CASE_SCHEMA) throw",
  ),
  mutant(
    "text-lost",
    MESSAGE_ITEM,
    "return { item: { ...item, text } };",
    'return { item: { ...item, text: "gone" } };',
  ),
  mutant(
    "long-text-not-stored",
    MESSAGE_ITEM,
    "return { item: { ...item, bodyKey: key }, body: { key, text } };",
    "return { item: { ...item, bodyKey: key } };",
  ),
  mutant("counts-only-grow", COUNTS, "add(before === undefined ? [] : countedAs(before), -1);", ""),
  mutant("paging-skips", MERGE, "const page = known.slice(0, limit);", "const page = known.slice(1, limit + 1);"),
];
