import { parseArgs } from "node:util";
import fc from "fast-check";

/** What is compared with a slow method, for as long as somebody has patience. */
export type Fuzz<Example> = {
  /** The npm script, "fuzz:calendar". */
  readonly script: string;
  /** What is counted, "questions", and how many one example has. */
  readonly counted: string;
  readonly perExample: number;
  readonly arbitrary: fc.Arbitrary<Example>;
  readonly agrees: (example: Example) => boolean;
  /** Lines that show an example on which both do not agree. */
  readonly show: (example: Example) => readonly string[];
};

/** Where lines go: results, and what is said meanwhile. */
export type FuzzOutput = { readonly out: (line: string) => void; readonly err: (line: string) => void };

const DEFAULT_COUNT = "50000";
const SEEDS = 1_000_000_000;
const PROGRESS_EVERY = 20_000;

/**
 * Looks for an example on which both methods do not agree, and ends with an exit code: 0 when there is none, 1 with the
 * smallest one found and the line that shows it again, 2 when the command was written wrongly.
 */
export function fuzz<Example>(args: readonly string[], what: Fuzz<Example>, { out, err }: FuzzOutput): number {
  const asked = read(args, what.perExample);
  if (asked === undefined) {
    err(`usage: npm run ${what.script} -- [--n ${what.counted.toUpperCase()}] [--seed INTEGER] [--path PATH]`);
    return 2;
  }
  let compared = 0;
  const property = fc.property(what.arbitrary, (example) => {
    compared += what.perExample;
    if (compared % PROGRESS_EVERY === 0) err(`${compared} ${what.counted}`);
    return what.agrees(example);
  });
  const { seed, numRuns, path } = asked;
  const found = fc.check(property, { seed, numRuns, ...(path !== undefined && { path }) });
  const [example] = found.counterexample ?? [];
  if (example === undefined) {
    out(`${compared} ${what.counted}, seed ${seed}: no disagreement`);
    return 0;
  }
  for (const line of what.show(example)) out(line);
  out(`again: npm run ${what.script} -- --seed ${seed} --path ${found.counterexamplePath}`);
  return 1;
}

function read(args: readonly string[], perExample: number) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { n: { type: "string", default: DEFAULT_COUNT }, seed: { type: "string" }, path: { type: "string" } },
    });
    const seed = Number(values.seed ?? Date.now() % SEEDS);
    const numRuns = Math.ceil(Number(values.n) / perExample);
    const isRight = Number.isSafeInteger(seed) && Number.isSafeInteger(numRuns) && numRuns >= 1;
    return isRight ? { seed, numRuns, path: values.path } : undefined;
  } catch {
    return undefined;
  }
}
