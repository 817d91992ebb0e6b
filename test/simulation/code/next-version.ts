import type { Patch } from "./patch.ts";

/** What tomorrow's code writes and today's has no name for. */
export const TOMORROWS_FACT = "CaseSung";
export const TOMORROWS_FIELD = "mood";

/**
 * The code of tomorrow, for a deploy: cases of a newer schema, a type of facts that today's code does not know, and a field
 * more in states, facts and effects. Today's must not write over the first, and keep the rest (design.md, How it reads).
 */
export const NEXT_VERSION: readonly Patch[] = [
  {
    file: "packages/domain/src/case/case.ts",
    find: "export const CASE_SCHEMA = ",
    replace: "export const CASE_SCHEMA = 1_000 + ",
  },
  {
    file: "packages/store/src/items/case-item.ts",
    find: "state: z.encode(Case, current),",
    replace: `state: { ...z.encode(Case, current), ${TOMORROWS_FIELD}: "calm" },`,
  },
  {
    file: "packages/store/src/items/facts-item.ts",
    find: "facts: facts.map((fact) => z.encode(Fact, fact)),",
    replace: `facts: [
      ...facts.map((fact) => ({ ...z.encode(Fact, fact), ${TOMORROWS_FIELD}: "calm" })),
      ...facts.slice(0, 1).map(({ at, by }) => ({ type: "${TOMORROWS_FACT}", at: z.encode(Instant, at), by, song: "la" })),
    ],`,
  },
  {
    file: "packages/store/src/items/effect-item.ts",
    find: '    noun: "effect",',
    replace: `    noun: "effect", ${TOMORROWS_FIELD}: "calm",`,
  },
];
