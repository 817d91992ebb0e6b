import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type FakeWorld, runIn, type Sent } from "../fake-world.ts";
import { desk, NUMBER, problem, signedIn } from "./fake-case.ts";

describe("when a case is changed", () => {
  test.each<[string, string[], string, string, object]>([
    ["reply", ["case", "reply", NUMBER, "-m", "Fixed."], "POST", "/replies", { text: "Fixed." }],
    ["note", ["case", "note", NUMBER, "Fixed."], "POST", "/notes", { text: "Fixed." }],
    ["take", ["case", "take", NUMBER], "PUT", "/assignee", { assignee: "me" }],
    [
      "priority",
      ["case", "priority", NUMBER, "low", "--reason", "r"],
      "PUT",
      "/priority",
      { priority: "low", reason: "r" },
    ],
    ["resolve", ["case", "resolve", NUMBER], "POST", "/resolution", {}],
    ["resolve with words", ["case", "resolve", NUMBER, "-m", "Bye."], "POST", "/resolution", { text: "Bye." }],
  ])("%s reads it first and names the version that it saw", async (_, args, method, path, body) => {
    const ran = await runIn(args, signedIn);
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    expect(ran.out).toMatch(/^148 203 917 .*: open · high · main · prin_ana, due Mon 2 Mar 2026 13:00 \(in 3 h\)\n$/);
    expect(ran.sent.map((sent) => sent.method)).toEqual(["GET", method]);
    expect(ran.sent[1]).toMatchObject({ url: `https://desk.example/v1/cases/${NUMBER}${path}`, body });
    expect(ran.sent[1]?.headers.get("if-match")).toBe('"4"');
  });

  test("the version that somebody looked at goes before a look of its own", async () => {
    const ran = await runIn(["case", "take", NUMBER, "--if-version", "2"], signedIn);
    expect(ran.sent.map(({ headers }) => headers.get("if-match"))).toEqual(['"2"']);
  });

  test("one that has moved on is left alone, and what happened is told", async () => {
    const answer = (sent: Sent) =>
      sent.method === "GET"
        ? desk(sent)
        : problem(412, "stale", { currentVersion: 6, changed: ["ReplyWritten", "ClockStopped"] });
    const ran = await runIn(["case", "reply", NUMBER, "-m", "Fixed."], { ...signedIn, answer });
    expect(ran).toMatchObject({ exitCode: 5, out: "" });
    expect(ran.err).toBe(
      "ithaca: The case has changed meanwhile: ReplyWritten, ClockStopped (it is at version 6 now).\nNothing was done. Look at it again, then repeat the command.\n",
    );
  });

  test("a refusal ends with 1 and says why", async () => {
    const answer = (sent: Sent) => (sent.method === "GET" ? desk(sent) : problem(409, "not-open"));
    expect(await runIn(["case", "take", NUMBER], { ...signedIn, answer })).toMatchObject({
      exitCode: 1,
      err: "ithaca: Title. Detail.\n",
    });
  });

  test("fields that are wrong are named", async () => {
    const errors = [{ path: "text", message: "is missing" }];
    const answer = (sent: Sent) => (sent.method === "GET" ? desk(sent) : problem(400, "invalid-request", { errors }));
    const ran = await runIn(["case", "note", NUMBER, "x"], { ...signedIn, answer });
    expect(ran).toMatchObject({ exitCode: 1, err: "ithaca: Title: text is missing.\n" });
  });
});

describe("where the words come from", () => {
  const words = async (args: string[], fake: FakeWorld = {}) => {
    const ran = await runIn(["case", "reply", NUMBER, ...args], { ...signedIn, ...fake });
    return ran.exitCode === 0 ? ran.sent[1]?.body : ran.exitCode;
  };

  test("an option, an argument, a file, standard input or a pipe", async () => {
    expect(await words(["-m", "a"])).toEqual({ text: "a" });
    expect(await words(["a"])).toEqual({ text: "a" });
    expect(await words(["-"], { stdin: "b\n" })).toEqual({ text: "b\n" });
    expect(await words(["-F", "-"], { stdin: "b" })).toEqual({ text: "b" });
    expect(await words([], { stdin: "b" })).toEqual({ text: "b" });
  });

  test("a file", async () => {
    const { env } = await runIn(["whoami"]);
    const path = `${env.XDG_CONFIG_HOME}/words.txt`;
    writeFileSync(path, "From a file.");
    expect(await words(["-F", path])).toEqual({ text: "From a file." });
  });

  test.each<[string, string[], FakeWorld, number]>([
    ["none", [], { typed: [] }, 2],
    ["only spaces", ["-m", "  "], {}, 2],
    ["two places", ["-m", "a", "b"], {}, 2],
    ["a file that is not there", ["-F", "/nowhere/words.txt"], {}, 1],
  ])("%s: nothing is sent", async (_, args, fake, exitCode) => expect(await words(args, fake)).toBe(exitCode));
});
