import { type Mutant, mutant } from "./mutant.ts";

const AUTHORIZE = "packages/domain/src/access/authorize.ts";
const EFFECTS = "packages/store/src/effects/effects.ts";
const EFFECT_ITEM = "packages/store/src/items/effect-item.ts";

/** Replies that did not go out: who finishes them, and that they are off the list then. */
export const TASK_MUTANTS: readonly Mutant[] = [
  mutant(
    "task-anybody-finishes",
    AUTHORIZE,
    '"task.finish": { agent: "agent", others: "manager",',
    '"task.finish": { agent: "agent", others: "agent",',
  ),
  mutant("task-stays-on-the-list", EFFECTS, 'remove: ["gsi4pk", "gsi4sk"] }', "remove: [] }"),
  {
    id: "task-finished-twice",
    patches: [
      { file: EFFECT_ITEM, find: " || taskDone !== undefined) return {};", replace: ") return {};" },
      { file: EFFECTS, find: "[{ gsi4pk: { equals: gsi4pk } }]", replace: '[{ noun: { equals: "effect" } }]' },
    ],
  },
];
