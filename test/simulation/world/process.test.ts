import { describe, expect, test } from "vitest";
import type { DeskCode, Handler, Surroundings } from "../code/surroundings.ts";
import { openAgenda } from "./agenda.ts";
import { chanceOf } from "./chance.ts";
import { type Faults, openFaults } from "./faults.ts";
import { type Call, type Machine, type Outcome, startProcess } from "./process.ts";
import { openWeather } from "./weather.ts";

const START = Date.UTC(2026, 10, 26);
const DAY_MS = 86_400_000;

interface Connected extends Surroundings {
  readonly call: Call;
}

/** A machine on which nothing goes wrong unless faults are given, and processes of the code that is given, each with what it stands on. */
function openMachine(handlerOf: (on: Connected) => Handler, faults = openFaults(() => false, new Set())) {
  const load = { computing: 0 };
  const agenda = openAgenda(START, () => load.computing > 0);
  let counted = 0;
  const machine: Machine = {
    seed: 1,
    agenda,
    load,
    faults,
    weather: openWeather([], agenda.now),
    drawn: { last: 0 },
    timeoutSecondsOf: () => 10,
    unique: () => {
      counted += 1;
      return counted;
    },
    surroundingsOf: (_name, call) => ({ call }) as unknown as ReturnType<Machine["surroundingsOf"]>,
  };
  let entered: Connected | undefined;
  const code: DeskCode = {
    names: ["one"],
    start: () => handlerOf(entered as Connected),
    enter: (surroundings) => {
      entered = surroundings as Connected;
    },
    setEnvironment: () => undefined,
  };
  const start = () => {
    const outcomes: Outcome[] = [];
    const life = { gone: false };
    const process = startProcess(machine, code, "one", () => {
      life.gone = true;
    });
    const invoke = (id: number) => process.invoke({}, chanceOf(id), id, (outcome) => outcomes.push(outcome));
    return { process, outcomes, life, invoke };
  };
  return { agenda, load, start };
}

const turnOfTheEventLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("when an invocation fails while another part of it is between two calls", () => {
  test("its process is not used again, for what that part would have remembered never comes", async () => {
    const { agenda, start, load } = openMachine(({ call }) => async () => {
      const slow = (async () => {
        await Promise.resolve();
        await Promise.resolve();
        await call("table", async () => undefined);
      })();
      slow.catch(() => undefined);
      throw new Error("the other part failed");
    });
    const { process, outcomes, life, invoke } = start();
    agenda.at(START, () => void invoke(1));
    await agenda.runUntil(START + DAY_MS);
    expect(outcomes.map(({ kind }) => kind)).toEqual(["failed"]);
    expect(life.gone).toBe(true);
    expect(process.idle).toBe(false);
    expect(load.computing).toBe(0);
  });
});

describe("when several calls at the same time are struck by a crash", () => {
  test("whoever waits for the invocation is told once", async () => {
    const always: Faults = { ...openFaults(() => false, new Set()), strikes: (fault) => fault === "crash" };
    const { agenda, start, load } = openMachine(
      ({ call }) =>
        () =>
          Promise.all(Array.from({ length: 8 }, () => call("table", async () => undefined))),
      always,
    );
    const { outcomes, invoke } = start();
    agenda.at(START, () => void invoke(1));
    await agenda.runUntil(START + DAY_MS);
    expect(outcomes).toEqual([{ kind: "crashed" }]);
    expect(load.computing).toBe(0);
  });
});

describe("when an invocation that left nothing undone ends", () => {
  test("its process is used again", async () => {
    const { agenda, start } = openMachine(
      ({ call }) =>
        async () =>
          call("table", async () => "done"),
    );
    const { process, outcomes, life, invoke } = start();
    agenda.at(START, () => void invoke(1));
    await agenda.runUntil(START + DAY_MS);
    expect(outcomes).toEqual([{ kind: "answered", value: "done" }]);
    expect(process.idle).toBe(true);
    expect(life.gone).toBe(false);
  });
});

describe("when a mail is being composed and another process is entered meanwhile", () => {
  test("it is handed to the one that composes it, even when the other has ended", async () => {
    const { agenda, start, load } = openMachine((on) => async () => {
      const mail = await on.computes(async () => {
        await turnOfTheEventLoop();
        return "composed";
      });
      return await on.call("mail", async () => mail);
    });
    const [first, second] = [start(), start()];
    agenda.at(START, () => {
      first.invoke(1);
      second.invoke(2);
    });
    await agenda.runUntil(START + DAY_MS);
    expect([first.outcomes, second.outcomes].flat()).toEqual([
      { kind: "answered", value: "composed" },
      { kind: "answered", value: "composed" },
    ]);
    expect(load.computing).toBe(0);
  });
});
