import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type FakeWorld, runIn, type Sent } from "../fake-world.ts";
import { desk, NUMBER, problem, signedIn, summary, whole } from "./fake-case.ts";

describe("when words are piped in without being asked for", () => {
  test("a case is not resolved, and the words are neither sent nor lost without a word", async () => {
    const ran = await runIn(["case", "resolve", NUMBER], { ...signedIn, stdin: "This is fixed.\n" });
    expect(ran).toMatchObject({ exitCode: 2, out: "", sent: [] });
    expect(ran.err).toContain("give - to send them");
  });
});

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
    [
      "note of a call",
      ["case", "note", NUMBER, "--call", "-m", "She has it now."],
      "POST",
      "/notes",
      { text: "She has it now.", connectedCall: true },
    ],
    ["resolve", ["case", "resolve", NUMBER], "POST", "/resolution", {}],
    [
      "resolve by a status of the desk's own",
      ["case", "resolve", NUMBER, "--status", "no-fault-found"],
      "POST",
      "/resolution",
      { status: "no-fault-found" },
    ],
    [
      "status of the desk's own",
      ["case", "status", NUMBER, "with-vendor"],
      "PUT",
      "/status",
      { status: "with-vendor" },
    ],
    [
      "status of the desk's own, until an instant",
      ["case", "status", NUMBER, "planned", "--until", "2026-03-03T09:00"],
      "PUT",
      "/status",
      { status: "planned", until: "2026-03-03T14:00:00.000Z" },
    ],
    ["assign", ["case", "assign", NUMBER, "prin_mia"], "PUT", "/assignee", { assignee: "prin_mia" }],
    ["team", ["case", "team", NUMBER, "au", "--reason", "r"], "PUT", "/team", { team: "au", reason: "r" }],
    ["wait", ["case", "wait", NUMBER, "--for", "fix"], "PUT", "/status", { status: "waiting-on-fix" }],
    [
      "wait until",
      ["case", "wait", NUMBER, "--until", "2026-03-03T09:00:00Z"],
      "PUT",
      "/status",
      { status: "waiting-until", until: "2026-03-03T09:00:00.000Z" },
    ],
    [
      "wait until a time on the wall here",
      ["case", "wait", NUMBER, "--until", "2026-03-03T09:00"],
      "PUT",
      "/status",
      { status: "waiting-until", until: "2026-03-03T14:00:00.000Z" },
    ],
    ["reopen", ["case", "reopen", NUMBER], "PUT", "/status", { status: "open" }],
    [
      "collaborators",
      ["case", "collaborators", NUMBER, "prin_b"],
      "PUT",
      "/collaborators",
      { collaborators: ["prin_b"] },
    ],
    ["tag", ["case", "tag", NUMBER, "--add", "a b", "--remove", "billing"], "PUT", "/tags", { tags: ["a b"] }],
    [
      "field",
      ["case", "field", NUMBER, "shop=North", "seats=12", "vip=true"],
      "PUT",
      "/fields",
      {
        fields: { shop: "North", seats: 12, vip: true },
      },
    ],
    ["mark", ["case", "mark", NUMBER, "--as", "spam"], "PUT", "/marks", { marks: ["spam"] }],
    [
      "add-participant",
      ["case", "add-participant", NUMBER, "jo@a.example", "--sees-case"],
      "POST",
      "/participants",
      { address: "jo@a.example", part: "copied", seesCase: true },
    ],
    ["split", ["case", "split", NUMBER, "msg_1"], "POST", "/splits", { messageId: "msg_1", notify: false }],
    [
      "split and say so",
      ["case", "split", NUMBER, "msg_1", "--notify"],
      "POST",
      "/splits",
      { messageId: "msg_1", notify: true },
    ],
    ["merge", ["case", "merge", NUMBER, "148203925"], "PUT", "/merges/148203925", { notify: false }],
    [
      "merge and say so",
      ["case", "merge", NUMBER, "148203925", "--notify"],
      "PUT",
      "/merges/148203925",
      { notify: true },
    ],
    ["resolve with words", ["case", "resolve", NUMBER, "-m", "Bye."], "POST", "/resolution", { text: "Bye." }],
  ])("%s reads it first and names the version that it saw", async (_, args, method, path, body) => {
    const ran = await runIn(args, signedIn);
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    expect(ran.out).toMatch(/^148 203 917 .*: open · high · main · Ana Ruiz, due Mon 2 Mar 2026 13:00 \(in 3 h\)\n$/);
    expect(ran.sent.map((sent) => sent.method)).toEqual(["GET", method]);
    expect(ran.sent[1]).toMatchObject({ url: `https://desk.example/v1/cases/${NUMBER}${path}`, body });
    expect(ran.sent[1]?.headers.get("if-match")).toBe('"4"');
  });

  test.each([
    ["unmerge", ["case", "unmerge", NUMBER, "148203925"], "DELETE", "/merges/148203925"],
    ["link", ["case", "link", NUMBER, "148203925", "--as", "parent"], "PUT", "/links/parent/148203925"],
    ["unlink", ["case", "unlink", NUMBER, "148203925"], "DELETE", "/links/related/148203925"],
    ["remove-participant", ["case", "remove-participant", NUMBER, "person_jo"], "DELETE", "/participants/person_jo"],
  ])("%s says it by its path", async (_, args, method, path) => {
    const ran = await runIn(args, signedIn);
    expect(ran).toMatchObject({ exitCode: 0, err: "" });
    expect(ran.sent[1]).toMatchObject({
      method,
      url: `https://desk.example/v1/cases/${NUMBER}${path}`,
      body: undefined,
    });
  });

  test.each([
    ["wait for nothing", ["case", "wait", NUMBER]],
    ["wait for two things", ["case", "wait", NUMBER, "--for", "fix", "--until", "2026-03-03T09:00:00Z"]],
    ["a field without a value", ["case", "field", NUMBER, "shop"]],
    ["no mark", ["case", "mark", NUMBER, "--as", "boring"]],
  ])("%s is a mistake of use", async (_, args) => {
    expect(await runIn(args, signedIn)).toMatchObject({ exitCode: 2, sent: [] });
  });

  test("an answer goes by the version that its writer looked at, and they read the answer that came first", async () => {
    const reply = {
      type: "ReplyWritten",
      version: 5,
      index: 0,
      at: summary.changedAt,
      by: { kind: "agent", id: "prin_bo" },
    };
    const facts = [{ ...reply, messageId: "msg_2", personId: "person_cleo" }];
    const answer = (sent: Sent) => (sent.method === "GET" ? Response.json({ ...whole, facts }) : problem(412, "stale"));
    const { env } = await runIn(["case", "view", NUMBER], signedIn);
    const home = { XDG_CONFIG_HOME: String(env.XDG_CONFIG_HOME) };
    const ran = await runIn(["case", "reply", NUMBER, "-m", "Fixed."], { ...signedIn, answer, env: home });
    expect(ran.sent.map(({ method, headers }) => [method, headers.get("if-match")])).toEqual([
      ["POST", '"4"'],
      ["GET", null],
    ]);
    expect(ran.exitCode).toBe(5);
    expect(ran.err).toMatch(/^prin_bo answered: Looks like the print server\./);
  });

  test("a change of their own shows nobody what others did meanwhile", async () => {
    const { env } = await runIn(["case", "view", NUMBER], signedIn);
    const home = { XDG_CONFIG_HOME: String(env.XDG_CONFIG_HOME) };
    const moved = (sent: Sent) => (sent.method === "GET" ? Response.json({ ...whole, version: 9 }) : desk(sent));
    await runIn(["case", "take", NUMBER], { ...signedIn, answer: moved, env: home });
    const ran = await runIn(["case", "reply", NUMBER, "-m", "Fixed."], { ...signedIn, env: home });
    expect(ran.sent.map(({ headers }) => headers.get("if-match"))).toEqual(['"4"']);
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

  test.each([
    ["left out", [], "required option '--reason <text>'"],
    ["empty", ["--reason", ""], "reason"],
  ])("a waiver whose reason is %s is not made", async (_what, more, said) => {
    const errors = [{ path: "reason", message: "must not be blank" }];
    const answer = (sent: Sent) => (sent.method === "GET" ? desk(sent) : problem(400, "invalid-request", { errors }));
    const { exitCode, err } = await runIn(["case", "waive", NUMBER, ...more], { ...signedIn, answer });
    expect(exitCode).not.toBe(0);
    expect(err).toContain(said);
  });

  test("a status of the desk's own is told by its name", async () => {
    const own = { ...summary, version: 5, status: "waiting-on-fix", ownStatus: "with-vendor" };
    const answer = (sent: Sent) => (sent.method === "GET" ? desk(sent) : Response.json({ case: own }));
    const { out } = await runIn(["case", "status", NUMBER, "with-vendor"], { ...signedIn, answer });
    expect(out).toMatch(/ moved: with-vendor · /);
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

  test("an editor, when nothing else is given on a terminal", async () => {
    expect(await words([], { typed: [], edited: "From an editor." })).toEqual({ text: "From an editor." });
    expect(await words([], { typed: [], edited: "" })).toBe(2);
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
