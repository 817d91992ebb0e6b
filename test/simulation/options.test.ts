import { describe, expect, test } from "vitest";
import { readOptions } from "./options.ts";
import { replayLine, twiceLine } from "./replay-line.ts";
import { BadOptions, refusalOf } from "./run-command.ts";
import { USAGE } from "./usage.ts";
import { worldAskedFor, worldOf } from "./worlds.ts";

const HISTORY = {
  seed: 8,
  days: 3,
  stories: 90,
  calm: true,
  only: new Map([
    [3, undefined],
    [17, new Set([0, 2])],
  ]),
  without: new Set(["crash", "upkeep"]),
  mutant: "notice-sent-twice",
};

function refusalOfArgs(...args: readonly string[]): string {
  try {
    readOptions(args);
  } catch (error) {
    if (error instanceof BadOptions) return refusalOf(error, "simulate");
    throw error;
  }
  throw new Error(`${args.join(" ")} was taken`);
}

describe("the line that replays a violation", () => {
  test("is read as what it was written from", () => {
    const options = readOptions(replayLine(HISTORY).replace("npm run simulate -- ", "").split(" "));
    const { seed, days, stories, calm, only, without, mutant } = HISTORY;
    expect(options).toMatchObject({ mode: "replay", seed, size: { days, stories }, calm, only, without });
    expect(options.mutant?.id).toBe(mutant);
  });

  test("of a stormy world is read as one of a stormy world", () => {
    const world = { seed: 11, days: 2, stories: 40, calm: false, stormy: true };
    const options = readOptions(replayLine(world).replace("npm run simulate -- ", "").split(" "));
    expect(worldAskedFor(options.seed, options)).toEqual(world);
  });

  test("names the size of the world, so that it lives through it whatever sizes worlds have by then", () => {
    const world = { seed: 10, days: 1, stories: 10, calm: false };
    const line = replayLine(world);
    expect(line).toBe("npm run simulate -- --replay --seed 10 --days 1 --stories 10");
    // The worlds of a run are larger, and that of seed 10 is calm there.
    expect(worldOf(10, 2_000)).not.toMatchObject(world);
    const options = readOptions(line.replace("npm run simulate -- ", "").split(" "));
    expect(worldAskedFor(options.seed, options)).toEqual(world);
  });

  test("of two histories of one seed lives through it twice again", () => {
    const { only: _, ...history } = HISTORY;
    const options = readOptions(twiceLine(history).replace("npm run simulate -- ", "").split(" "));
    expect(options).toMatchObject({ mode: "determinism", determinism: 1, seed: 8, size: { days: 3, stories: 90 } });
  });
});

describe("a world that is asked for", () => {
  test("is of its seed and of the run when it was given no size", () => {
    const options = readOptions(["--case-days", "700"]);
    expect(worldAskedFor(10, options)).toEqual(worldOf(10, 700));
    expect(worldAskedFor(11, readOptions(["--calm"]))).toEqual({ ...worldOf(11, 2_000), calm: true });
    expect(worldAskedFor(11, readOptions(["--stormy"]))).toEqual({ ...worldOf(11, 2_000), stormy: true });
    // Each tenth is calm in a run of stormy worlds too.
    expect(worldAskedFor(10, readOptions(["--stormy"]))).toEqual(worldOf(10, 2_000));
  });

  test("of a size is one world, unless so many case-days were asked for", () => {
    const size = ["--days", "1", "--stories", "10"];
    expect(readOptions(size).caseDays).toBe(1);
    expect(readOptions([...size, "--case-days", "90"]).caseDays).toBe(90);
  });
});

describe("options that cannot be", () => {
  test.each([
    [["--nonsense"], "Unknown option '--nonsense'"],
    [["nonsense"], "Unexpected argument 'nonsense'"],
    [["--seed"], "Option '--seed <value>' argument missing"],
    [["--json=yes"], "Option '--json' does not take an argument"],
    [["--seed", "x"], '--seed is a whole number, not "x"'],
    [["--case-days", "x"], '--case-days is a whole number, not "x"'],
    [["--case-days", "1.5"], '--case-days is a whole number, not "1.5"'],
    [["--case-days", "0"], "--case-days is from 1 to 1000000000, not 0"],
    [["--workers", "0"], "--workers is from 1 to 64, not 0"],
    [["--determinism", "0"], "--determinism is from 1 to 1000000, not 0"],
    [["--determinism", "all"], '--determinism is a whole number, not "all"'],
    [["--days", "0", "--stories", "1"], "--days is from 1 to 366, not 0"],
    [["--days", "1", "--stories", "0"], "--stories is from 1 to 100000, not 0"],
    [["--days", "1"], "--days and --stories go together: give both"],
    [["--stories", "1"], "--days and --stories go together: give both"],
    [["--mutant", "nope"], "there is no mutant nope: their names are in test/simulation/mutants"],
    [["--mutants", "--mutant", "nope"], "there is no mutant nope: their names are in test/simulation/mutants"],
    [["--mutant", "a,b"], "--mutant takes one; for several add --mutants"],
    [["--mutant", ""], '--mutant is one name, or several with commas between, not ""'],
    [["--without", "nonsense"], /^✗ there is no nonsense to be without: there are event-lost, .*upkeep/],
    [["--without", "crash,,"], '--without is one name, or several with commas between, not "crash,,"'],
    [["--replay", "--only", "a:b"], '--only is a whole number, not "b"'],
    [["--only", "3"], "--only is of a replay: add --replay"],
    [["--replay", "--until-failure"], "--until-failure says nothing to --replay: leave it out"],
    [["--determinism", "2", "--workers", "2"], "--workers says nothing to --determinism: leave it out"],
    [["--mutants", "--seed", "3"], "--seed says nothing to --mutants: leave it out"],
    [["--calm", "--stormy"], "--calm and --stormy are two kinds of worlds: ask for one"],
    [["--mutants", "--replay"], "--replay and --mutants are two things: ask for one"],
    [
      ["--replay", "--days", "1", "--stories", "9", "--case-days", "5"],
      "--replay takes either --days and --stories or --case-days",
    ],
  ])("%j are refused in one line that says what is wrong", (args, what) => {
    const refusal = refusalOfArgs(...args);
    if (typeof what === "string") expect(refusal).toContain(`✗ ${what}. `);
    else expect(refusal).toMatch(what);
    expect(refusal.split("\n")).toHaveLength(1);
    expect(refusal).toContain("npm run simulate -- --help");
  });
});

test("the help names every option, and what the exit codes mean", () => {
  const names = [
    "case-days",
    "seed",
    "days",
    "stories",
    "calm",
    "stormy",
    "without",
    "only",
    "until-failure",
    "mutant",
    "mutants",
  ];
  const others = ["determinism", "replay", "workers", "shrink-minutes", "json"];
  for (const name of [...names, ...others]) expect(USAGE).toContain(`--${name}`);
  expect(USAGE).toContain("Exit codes: 0");
});
