import { parseArgs } from "node:util";

/** What `npm run simulate` was asked for. */
export interface Options {
  readonly caseDays: number;
  readonly seed: number;
  readonly untilFailure: boolean;
  /** One mutant by its id; several, with commas between, for `mutants`. */
  readonly mutant: string | undefined;
  readonly mutants: boolean;
  readonly json: boolean;
  /** So many seeds are lived through twice, in two processes. */
  readonly determinism: number | undefined;
  readonly workers: number;
  /** Of one world: only these stories, and of each only these steps. */
  readonly only: ReadonlyMap<number, ReadonlySet<number> | undefined> | undefined;
  readonly without: ReadonlySet<string>;
  /** Lives through the one world of the seed, as a replay line asks. */
  readonly replay: boolean;
  readonly calm: boolean;
}

export const USAGE = `npm run simulate -- [options]

  --case-days N      lives through N days of open cases, or some more (default 2000)
  --seed S           the first world's seed (default 1); each further world has the next
  --until-failure    goes on, world after world, until a law is broken
  --mutant M         breaks the code as the mutant M says; a law must be broken
  --mutants          all mutants, one after the other, or those of --mutant A,B
  --determinism N    lives through N small worlds twice, in two processes, one under load: the same, byte for byte
  --workers N        how many processes (default 2)
  --json             one JSON object at the end instead of progress

  A violation prints the line that replays it:
  --replay --seed S [--only 3,17:0.2] [--without crash,outage] [--calm]`;

const DEFAULT_CASE_DAYS = 2_000;
const WORKERS = 2;

/** Throws with what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      "case-days": { type: "string", default: String(DEFAULT_CASE_DAYS) },
      seed: { type: "string", default: "1" },
      workers: { type: "string", default: String(WORKERS) },
      "until-failure": { type: "boolean", default: false },
      mutant: { type: "string" },
      mutants: { type: "boolean", default: false },
      determinism: { type: "string" },
      json: { type: "boolean", default: false },
      only: { type: "string" },
      without: { type: "string", default: "" },
      replay: { type: "boolean", default: false },
      calm: { type: "boolean", default: false },
    },
  });
  return {
    caseDays: wholeNumber("case-days", values["case-days"]),
    seed: wholeNumber("seed", values.seed),
    workers: Math.max(1, wholeNumber("workers", values.workers)),
    untilFailure: values["until-failure"],
    mutant: values.mutant,
    mutants: values.mutants,
    json: values.json,
    determinism: values.determinism === undefined ? undefined : wholeNumber("determinism", values.determinism),
    only: values.only === undefined ? undefined : storiesOf(values.only),
    without: new Set(values.without.split(",").filter((name) => name !== "")),
    replay: values.replay,
    calm: values.calm,
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^[0-9]{1,12}$/.test(text)) throw new Error(`--${name} is a whole number, not ${text}`);
  return Number(text);
}

/** "3,17:0.2" is story 3 whole, and of story 17 its steps 0 and 2. */
function storiesOf(text: string): Map<number, ReadonlySet<number> | undefined> {
  return new Map(
    text.split(",").map((part) => {
      const [story = "", steps] = part.split(":");
      const only = steps === undefined ? undefined : new Set(steps.split(".").map((step) => wholeNumber("only", step)));
      return [wholeNumber("only", story), only];
    }),
  );
}

/** The options that live through one history again. */
export function replayLine(replay: {
  seed: number;
  calm: boolean;
  only: ReadonlyMap<number, ReadonlySet<number> | undefined> | undefined;
  without: ReadonlySet<string>;
  mutant: string | undefined;
}): string {
  const { seed, calm, only, without, mutant } = replay;
  const stories = [...(only ?? [])].map(([id, steps]) =>
    steps === undefined ? `${id}` : `${id}:${[...steps].join(".")}`,
  );
  return [
    `npm run simulate -- --replay --seed ${seed}`,
    ...(stories.length > 0 ? [`--only ${stories.join(",")}`] : []),
    ...(without.size > 0 ? [`--without ${[...without].join(",")}`] : []),
    ...(calm ? ["--calm"] : []),
    ...(mutant !== undefined ? [`--mutant ${mutant}`] : []),
  ].join(" ");
}
