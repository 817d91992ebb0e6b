import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataDir } from "./data-dir.ts";
import { readDemoUsers } from "./demo-directory.ts";
import type { Desk } from "./desk.ts";
import { parseStartOptions } from "./options.ts";
import { type ServeParts, serve } from "./serve.ts";

const OF_THE_SAMPLE = { number: "111111111", username: "ana@desk.example" };
const OF_THE_LAST_START = { number: "222222222", username: "mia@desk.example" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "serve-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A start on a cloud that is none: what is done to its desk, and what a person sees. */
function aStart(options: readonly string[], { restored = false, cloudEnds = false, comesUp = true } = {}) {
  const done: string[] = [];
  const seen: string[] = [];
  const dataDir = openDataDir(folder, { fresh: false });
  let interrupt = (): void => {};
  const interrupted = new Promise<undefined>((resolve) => {
    interrupt = () => resolve(undefined);
  });
  const desk = {
    ...{ endpoint: "http://127.0.0.1:1", apiUrl: "http://127.0.0.1:1/api", inboxUrl: "http://127.0.0.1:2" },
    ...{ stack: { tableName: "Ithaca" }, dataDir, users: readDemoUsers(), restored },
    environmentFile: join(folder, "ithaca.env"),
    cloud: {
      logFile: join(folder, "none.log"),
      process: { ended: cloudEnds ? Promise.resolve() : new Promise(() => {}) },
    },
    cli: {
      run: async ([command = "", where = ""]: readonly string[]) => {
        done.push(command);
        if (command === "export") mkdirSync(where);
        return "";
      },
    },
    stop: async () => {
      done.push("stop");
    },
  } as unknown as Desk;
  const parts: ServeParts = {
    startDesk: () => (comesUp ? Promise.resolve(desk) : new Promise(() => {})),
    untilInterrupted: () => interrupted,
    watchTable: async () => ({ changed: async () => false, close: () => {} }),
    runSample: async () => {
      done.push("sample");
      return OF_THE_SAMPLE;
    },
    findTrialCase: async () => OF_THE_LAST_START,
  };
  const write = (line: string): void => {
    seen.push(line);
    if (line.includes("Ctrl-C keeps the data")) interrupt();
  };
  const ended = serve(parseStartOptions(["--data-dir", folder, ...options]), write, parts);
  return { done, ended, interrupt, text: () => seen.join("\n") };
}

describe("a first start", () => {
  test("sends the sample, shows its case, and on Ctrl-C holds the mail, keeps the data and stops", async () => {
    const { done, ended, text } = aStart([]);
    await ended;
    expect(done).toEqual(["sample", "hold", "export", "stop"]);
    expect(text()).toContain("case explain 111111111");
    expect(text()).toMatch(/✓ keeping the data for the next start \(.* s\)\nstopped$/);
  });

  test("without the sample, if it is not wanted", async () => {
    const { done, ended } = aStart(["--no-sample"]);
    await ended;
    expect(done).toEqual(["hold", "export", "stop"]);
  });
});

describe("a start that has the data of the last one", () => {
  test("does not repeat the sample, and shows a case that is there", async () => {
    const { done, ended, text } = aStart([], { restored: true });
    await ended;
    expect(done).toEqual(["hold", "export", "stop"]);
    expect(text()).toContain("case explain 222222222");
    expect(text()).toContain("--username mia@desk.example");
  });
});

describe("a start that is ended before it was up", () => {
  test("says so, and keeps nothing, for there is nothing yet", async () => {
    const { done, ended, interrupt, text } = aStart([], { comesUp: false });
    interrupt();
    await ended;
    expect(done).toEqual([]);
    expect(text()).toBe("stopped before it was up");
  });
});

describe("a local cloud that ends by itself", () => {
  test("ends the start with the step and the reason, and everything is stopped", async () => {
    const { done, ended } = aStart(["--no-sample"], { cloudEnds: true, restored: true });
    await expect(ended).rejects.toMatchObject({ step: "running the local cloud", message: /it ended by itself/ });
    expect(done).toContain("stop");
    expect(done).not.toContain("export");
  });
});
