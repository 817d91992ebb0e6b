import { LEFT_OUT_NAMES } from "./left-out.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { MUTANTS, mutantOf } from "./mutants/mutants.ts";
import { BadOptions, parseOptions, wholeNumber } from "./run-command.ts";
import type { WorldSize } from "./worlds.ts";

/** Worlds one after the other; one world again; each world twice; each mutant. */
export type Mode = "run" | "replay" | "determinism" | "mutants";

/** What `npm run simulate` was asked for. */
export interface Options {
  readonly mode: Mode;
  readonly caseDays: number;
  readonly seed: number;
  /** The size of every world; undefined: as its seed has it. */
  readonly size: WorldSize | undefined;
  readonly calm: boolean;
  readonly stormy: boolean;
  readonly without: ReadonlySet<string>;
  /** Of one world: only these stories, and of each only these steps. */
  readonly only: ReadonlyMap<number, ReadonlySet<number> | undefined> | undefined;
  readonly untilFailure: boolean;
  readonly mutant: Mutant | undefined;
  /** Those that are judged; undefined: all. */
  readonly judged: readonly Mutant[] | undefined;
  /** So many seeds are lived through twice, in two processes. */
  readonly determinism: number;
  readonly workers: number;
  readonly shrinkMinutes: number;
  readonly json: boolean;
}

/** What holds when nothing else is asked for. */
export const DEFAULTS = { "case-days": 2_000, seed: 1, workers: 2, "shrink-minutes": 10 } as const;

/** A run of worlds of one size that was told no number of case-days is one world. */
const ONE_WORLD_CASE_DAYS = 1;

/** The least and the most that a number may be. A run of nothing would be green. */
const NUMBERS = {
  "case-days": [1, 1_000_000_000],
  seed: [0, 999_999_999_999],
  days: [1, 366],
  stories: [1, 100_000],
  determinism: [1, 1_000_000],
  workers: [1, 64],
  "shrink-minutes": [0, 10_000],
} as const;
type NumberName = keyof typeof NUMBERS;

const GIVEN = {
  "case-days": { type: "string" },
  seed: { type: "string" },
  days: { type: "string" },
  stories: { type: "string" },
  calm: { type: "boolean" },
  stormy: { type: "boolean" },
  without: { type: "string" },
  only: { type: "string" },
  "until-failure": { type: "boolean" },
  mutant: { type: "string" },
  mutants: { type: "boolean" },
  determinism: { type: "string" },
  replay: { type: "boolean" },
  workers: { type: "string" },
  "shrink-minutes": { type: "string" },
  json: { type: "boolean" },
} as const;
type Name = keyof typeof GIVEN;
type Given = Partial<Record<Name, string | boolean>>;

const WORLD: readonly Name[] = ["seed", "days", "stories", "calm", "stormy", "without", "mutant", "json"];
/** What each mode is told; anything else would be asked for in vain. */
const TAKEN: Readonly<Record<Mode, readonly Name[]>> = {
  run: [...WORLD, "case-days", "until-failure", "workers", "shrink-minutes"],
  replay: [...WORLD, "replay", "case-days", "only", "shrink-minutes"],
  determinism: [...WORLD, "determinism"],
  mutants: ["mutants", "mutant", "workers", "json"],
};

/** Throws BadOptions with what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const given: Given = parseOptions(args, GIVEN);
  const mode = modeOf(given);
  refuseTheRest(given, mode);
  const size = sizeOf(given);
  if (mode === "replay" && size !== undefined && given["case-days"] !== undefined) {
    throw new BadOptions("--replay takes either --days and --stories or --case-days");
  }
  if (given.calm === true && given.stormy === true)
    throw new BadOptions("--calm and --stormy are two kinds of worlds: ask for one");
  const mutants = mutantsOf(given, mode);
  return {
    mode,
    caseDays: number(given, "case-days") ?? (size === undefined ? DEFAULTS["case-days"] : ONE_WORLD_CASE_DAYS),
    seed: number(given, "seed") ?? DEFAULTS.seed,
    size,
    calm: given.calm === true,
    stormy: given.stormy === true,
    without: new Set(namesOf(given, "without").map(leftOut)),
    only: given.only === undefined ? undefined : storiesOf(String(given.only)),
    untilFailure: given["until-failure"] === true,
    mutant: mode === "mutants" ? undefined : mutants?.[0],
    judged: mode === "mutants" ? mutants : undefined,
    determinism: number(given, "determinism") ?? 0,
    workers: number(given, "workers") ?? DEFAULTS.workers,
    shrinkMinutes: number(given, "shrink-minutes") ?? DEFAULTS["shrink-minutes"],
    json: given.json === true,
  };
}

function modeOf(given: Given): Mode {
  const modes = (["replay", "determinism", "mutants"] as const).filter((mode) => given[mode] !== undefined);
  if (modes.length > 1) throw new BadOptions(`--${modes[0]} and --${modes[1]} are two things: ask for one`);
  return modes[0] ?? "run";
}

function refuseTheRest(given: Given, mode: Mode): void {
  const name = (Object.keys(given) as Name[]).find((one) => !TAKEN[mode].includes(one));
  if (name === undefined) return;
  if (mode !== "run") throw new BadOptions(`--${name} says nothing to --${mode}: leave it out`);
  throw new BadOptions(`--${name} is of a replay: add --replay`);
}

function sizeOf(given: Given): WorldSize | undefined {
  const [days, stories] = [number(given, "days"), number(given, "stories")];
  if (days === undefined && stories === undefined) return undefined;
  if (days === undefined || stories === undefined) throw new BadOptions("--days and --stories go together: give both");
  return { days, stories };
}

function number(given: Given, name: NumberName): number | undefined {
  const text = given[name];
  if (text === undefined) return undefined;
  return wholeNumber(name, String(text), NUMBERS[name]);
}

/** Names with commas between. */
function namesOf(given: Given, name: Name): string[] {
  const text = given[name];
  if (text === undefined) return [];
  const names = String(text).split(",");
  if (names.includes("")) throw new BadOptions(`--${name} is one name, or several with commas between, not "${text}"`);
  return names;
}

function leftOut(name: string): string {
  if (LEFT_OUT_NAMES.includes(name)) return name;
  throw new BadOptions(`there is no ${name} to be without: there are ${LEFT_OUT_NAMES.join(", ")}`);
}

function mutantsOf(given: Given, mode: Mode): Mutant[] | undefined {
  const ids = namesOf(given, "mutant");
  if (ids.length > 1 && mode !== "mutants") throw new BadOptions("--mutant takes one; for several add --mutants");
  for (const id of ids) {
    if (!MUTANTS.some((one) => one.id === id)) {
      throw new BadOptions(`there is no mutant ${id}: their names are in test/simulation/mutants`);
    }
  }
  return ids.length === 0 ? undefined : ids.map(mutantOf);
}

/** "3,17:0.2" is story 3 whole, and of story 17 its steps 0 and 2. */
function storiesOf(text: string): Map<number, ReadonlySet<number> | undefined> {
  return new Map(
    text.split(",").map((part) => {
      const [story = "", steps] = part.split(":");
      const only = steps === undefined ? undefined : new Set(steps.split(".").map(placeOf));
      return [placeOf(story), only];
    }),
  );
}

/** A story's or a step's number in its world, counted from 0. */
function placeOf(text: string): number {
  return wholeNumber("only", text, [0, NUMBERS.stories[1]]);
}
