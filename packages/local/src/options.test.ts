import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEFAULT_PORT, parseStartOptions } from "./options.ts";
import { PROJECT_ROOT } from "./project.ts";

describe("a start without options", () => {
  test("is a desk on the usual port that remembers", () => {
    expect(parseStartOptions([])).toEqual({
      once: false,
      fresh: false,
      sample: true,
      help: false,
      port: DEFAULT_PORT,
      dataDir: join(PROJECT_ROOT, ".ithaca", "desk"),
    });
  });
});

describe("a start with --once", () => {
  test("takes any free port and fresh state in a folder of its own", () => {
    const dataDir = join(PROJECT_ROOT, ".ithaca", "once");
    expect(parseStartOptions(["--once"])).toMatchObject({ once: true, fresh: true, port: undefined, dataDir });
  });
});

describe("a start with options", () => {
  test("a relative data folder is below the folder that the person is in", () => {
    expect(parseStartOptions(["--data-dir", "here"], "/home/jo").dataDir).toBe("/home/jo/here");
  });

  test("an absolute data folder is taken as it is", () => {
    expect(parseStartOptions(["--data-dir", "/srv/desk"], "/home/jo").dataDir).toBe("/srv/desk");
  });

  test.each([
    [["--fresh"], { fresh: true }],
    [["--no-sample"], { sample: false }],
    [["--help"], { help: true }],
    [["--port", "8080"], { port: 8080 }],
  ])("%j", (args, expected) => {
    expect(parseStartOptions(args)).toMatchObject(expected);
  });
});

describe("a command line that cannot be meant", () => {
  test.each([
    [["--port", "eighty"], "--port takes a number"],
    [["--port", "80"], "--port takes a number"],
    [["--port", "65535"], "--port takes a number"],
    [["--port", "80.5"], "--port takes a number"],
    [["--port"], "--port"],
    [["--data-dir", ""], "--data-dir takes the name"],
    [["--onec"], "Unknown option"],
    [["now"], "Unexpected argument"],
  ])("%j is refused", (args, saying) => {
    expect(() => parseStartOptions(args)).toThrow(saying);
  });
});
