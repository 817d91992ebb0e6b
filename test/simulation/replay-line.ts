import type { Options } from "./options.ts";
import type { World } from "./worlds.ts";

/** One history: a world, with what was left out of it and the mistake that its code has. */
export interface History extends World {
  /** Only these stories, and of each only these steps; all when absent. */
  readonly only?: ReadonlyMap<number, ReadonlySet<number> | undefined> | undefined;
  readonly without?: Iterable<string> | undefined;
  /** A mutant's id. */
  readonly mutant?: string | undefined;
}

/** The history of a world that was lived through with these options. */
export function historyOf({ seed, days, stories, calm, stormy }: World, { without, mutant }: Options): History {
  return { seed, days, stories, calm, ...(stormy && { stormy }), without, mutant: mutant?.id };
}

/** The command that lives through one history again, whatever sizes worlds have by then. */
export function replayLine(history: History): string {
  return lineOf("--replay", history);
}

/** The command that lives through one history twice, in two processes. */
export function twiceLine(history: History): string {
  return lineOf("--determinism 1", history);
}

function lineOf(how: string, { seed, days, stories, calm, stormy, only, without = [], mutant }: History): string {
  const leftOut = [...without].join(",");
  const kept = [...(only ?? [])].map(([id, steps]) =>
    steps === undefined ? `${id}` : `${id}:${[...steps].join(".")}`,
  );
  return [
    `npm run simulate -- ${how} --seed ${seed} --days ${days} --stories ${stories}`,
    ...(calm ? ["--calm"] : []),
    ...(stormy ? ["--stormy"] : []),
    ...(kept.length > 0 ? [`--only ${kept.join(",")}`] : []),
    ...(leftOut === "" ? [] : [`--without ${leftOut}`]),
    ...(mutant === undefined ? [] : [`--mutant ${mutant}`]),
  ].join(" ");
}

interface Told {
  readonly law: string;
  readonly what: string;
}

/** What was violated in a history, one line each, and under them the line that replays it; nothing when nothing was. */
export function violationsTold(violations: readonly Told[], history: History): string {
  if (violations.length === 0) return "";
  const told = violations.map(({ law, what }) => `✗ seed ${history.seed}: ${law}: ${what}`);
  return [...told, `  ${replayLine(history)}`].join("\n");
}
