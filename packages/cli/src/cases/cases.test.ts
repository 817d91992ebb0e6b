import { writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type FakeWorld, runIn, type Sent, SIGNED_IN } from "../fake-world.ts";

const NUMBER = "148203917";
const by = { kind: "agent", id: "prin_ana" };
const summary = {
  number: NUMBER,
  version: 4,
  status: "open",
  priority: "high",
  requestedPriority: "critical",
  team: "main",
  assigneeId: "prin_ana",
  tier: 1,
  openedAt: "2026-03-02T14:00:00.000Z",
  changedAt: "2026-03-02T14:30:00.000Z",
  dueAt: "2026-03-02T18:00:00.000Z",
};
const whole = {
  ...summary,
  id: `case_${NUMBER}`,
  channel: "email",
  senderVerified: false,
  accountId: "acct_lakeside",
  package: "standard",
  participants: [],
  flag: "may-be-critical",
  triageOwed: false,
  links: [{ kind: "possibly-about", target: "case_148203907" }],
  tags: ["billing"],
  marks: [],
  fields: {},
  subject: "Empty \u001b[31minvoice",
  requester: { id: "person_cleo", name: "Cleo Marsh" },
  clocks: [
    {
      metric: "first-response",
      cycle: 1,
      state: "running",
      startedAt: summary.openedAt,
      dueAt: summary.dueAt,
      msLeft: 10_800_000,
      warnedPercent: 0,
    },
  ],
  messages: [
    {
      id: "msg_1",
      direction: "inbound",
      channel: "email",
      by: { kind: "channel", id: "prin_mail" },
      text: "It is empty.\nWhy?",
      receivedAt: summary.openedAt,
      attachments: [],
    },
    {
      id: "msg_2",
      direction: "internal",
      channel: "desk",
      by,
      text: "Looks like the print server.",
      receivedAt: summary.changedAt,
      attachments: [],
    },
  ],
  facts: [
    { type: "NoteWritten", version: 2, index: 0, at: summary.changedAt, by, messageId: "msg_2" },
    {
      type: "CaseOpened",
      version: 1,
      index: 0,
      at: summary.openedAt,
      by,
      channel: "email",
      messageId: "msg_1",
      receivedAt: summary.openedAt,
      requesterId: "person_cleo",
      requestedPriority: "critical",
      senderVerified: false,
    },
    {
      type: "MessageReceived",
      version: 1,
      index: 1,
      at: summary.openedAt,
      by,
      messageId: "msg_1",
      channel: "email",
      personId: "person_cleo",
      receivedAt: summary.openedAt,
      automatic: false,
    },
    { type: "SomethingNew", version: 3, index: 0, at: summary.changedAt, by },
  ],
  effects: [
    {
      id: "e1",
      version: 1,
      index: 0,
      owed: { kind: "mail", template: "acknowledgement", to: { kind: "person", personId: "person_cleo" } },
      status: "abandoned",
      owedAt: summary.openedAt,
      attempts: 0,
      reason: "mail-off",
    },
    {
      id: "e2",
      version: 1,
      index: 1,
      owed: { kind: "timer", wakeAt: summary.dueAt },
      status: "done",
      owedAt: summary.openedAt,
      attempts: 1,
    },
  ],
};
const problem = (status: number, code: string, more = {}) =>
  Response.json({ type: `urn:ithaca:problem:${code}`, title: "Title", status, detail: "Detail.", ...more }, { status });

/** The desk: reads answer the whole case, changes their summary. */
const desk = ({ method }: Sent) =>
  method === "GET"
    ? Response.json(whole)
    : Response.json({ case: { ...summary, version: 5 }, messageId: "msg_3" }, { status: 201 });
const signedIn: FakeWorld = { profile: SIGNED_IN, answer: desk };

describe("when a case is viewed", () => {
  test("its head, clocks, timeline and what is owed can be read at a glance", async () => {
    const { out, exitCode } = await runIn(["case", "view", "148-203-917"], signedIn);
    expect(exitCode).toBe(0);
    expect(out).toBe(`148 203 917  Empty [31minvoice
open · high · main · assigned to prin_ana · tier 1

From            Cleo Marsh, acct_lakeside, standard package, on email (not verified)
Opened          Mon 2 Mar 2026 09:00
Asked for       critical
Look at         may-be-critical
Tags            billing
possibly-about  148203907
Version         4
first-response  due Mon 2 Mar 2026 13:00 (in 3 h, 3 h of open time left)

Timeline, times in America/New_York
Mon 2 Mar 2026
  09:00:00  opened by Cleo Marsh on email, asking for critical
  09:00:00  Cleo Marsh wrote on email
            │ It is empty.
            │ Why?
  09:30:00  prin_ana left a note, for agents only
            │ Looks like the print server.
  09:30:00  SomethingNew

Owed
  acknowledgement mail to person_cleo: abandoned (mail-off), since Mon 2 Mar 2026 09:00
`);
  });

  test("a customer, who is shown no facts, sees the messages", async () => {
    const { facts: _, effects: _effects, ...shown } = whole;
    const answer = () => Response.json({ ...shown, messages: shown.messages.slice(0, 1) });
    const { out } = await runIn(["case", "view", NUMBER, "--zone", "UTC"], { ...signedIn, answer });
    expect(out).toContain("  14:00:00  prin_mail wrote\n            │ It is empty.");
    expect(out).not.toContain("Owed");
  });

  test("--json gives it as it is, or the fields that were asked for", async () => {
    expect(JSON.parse((await runIn(["case", "view", NUMBER, "--json"], signedIn)).out)).toEqual(whole);
    const picked = await runIn(["case", "view", "--json=version,nothing", NUMBER], signedIn);
    expect(JSON.parse(picked.out)).toEqual({ version: 4, nothing: null });
  });

  test("a mistyped number is told before anybody is asked", async () => {
    const ran = await runIn(["case", "view", "148203916"], signedIn);
    expect(ran).toMatchObject({ exitCode: 2, sent: [] });
    expect(ran.err).toContain("mistyped");
  });

  test("one that is not there, or not yours, ends with 4", async () => {
    const ran = await runIn(["case", "view", NUMBER], { ...signedIn, answer: () => problem(404, "not-there") });
    expect(ran).toMatchObject({ exitCode: 4, out: "", err: "ithaca: Title. Detail.\n" });
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

describe("when cases are listed", () => {
  const listed = { ...summary, subject: "Empty invoice", atRisk: true };
  const pages = ({ url }: Sent) => {
    if (url.endsWith("/v1/me"))
      return Response.json({
        kind: "agent",
        id: "prin_ana",
        name: "Ana",
        role: "agent",
        teams: ["main", "au"],
        address: "ana@desk.example",
      });
    const cursor = new URL(url).searchParams.get("cursor");
    return Response.json(
      cursor === null ? { items: [listed], cursor: "next" } : { items: [{ ...listed, number: "2" }] },
    );
  };

  test("in a pipe each is a line of exact values", async () => {
    const ran = await runIn(["case", "list", "--team", "main"], { ...signedIn, answer: pages, env: {} });
    expect(ran.out).toBe(
      `${NUMBER}\t2026-03-02T18:00:00.000Z\tat-risk\thigh\topen\tmain\tprin_ana\tEmpty invoice\n2\t2026-03-02T18:00:00.000Z\tat-risk\thigh\topen\tmain\tprin_ana\tEmpty invoice\n`,
    );
    expect(ran.sent.map(({ url }) => new URL(url).searchParams.get("limit"))).toEqual(["50", "49"]);
  });

  test("on a terminal they are a table, with how long is left", async () => {
    const ran = await runIn(["case", "list", "--team", "main", "--limit", "1"], {
      ...signedIn,
      answer: pages,
      isTerminal: true,
    });
    expect(ran.out.split("\n")[0]).toMatch(/^NUMBER +DUE +RISK +PRIORITY +STATUS +TEAM +ASSIGNEE +SUBJECT$/);
    expect(ran.out).toContain("Mon 2 Mar 2026 13:00 (in 3 h)  !");
    expect(ran.sent.length).toBe(1);
  });

  test("without --team they are those of all of the agent's teams", async () => {
    const ran = await runIn(["case", "list", "--all", "--json=number"], { ...signedIn, answer: pages });
    expect(JSON.parse(ran.out)).toEqual([{ number: NUMBER }, { number: "2" }, { number: NUMBER }, { number: "2" }]);
    expect(ran.sent.map(({ url }) => new URL(url).searchParams.get("team"))).toEqual([
      null,
      "main",
      "main",
      "au",
      "au",
    ]);
  });

  test("a limit that is none is a mistake of use", async () => {
    expect((await runIn(["case", "list", "--limit", "0"], signedIn)).exitCode).toBe(2);
    expect((await runIn(["case", "list", "--category", "odd"], signedIn)).exitCode).toBe(2);
  });
});

describe("when a due is explained", () => {
  const span = (kind: string, from: string, until: string, more = {}) => ({
    kind,
    from: `2026-11-${from}:00:00.000Z`,
    until: `2026-11-${until}:00:00.000Z`,
    lengthMs: Date.parse(`2026-11-${until}:00:00Z`) - Date.parse(`2026-11-${from}:00:00Z`),
    on: `2026-11-${from.slice(0, 2)}`,
    ...more,
  });
  const explanation = {
    metric: "first-response",
    cycle: 1,
    state: "running",
    startedAt: "2026-11-25T23:00:00.000Z",
    dueAt: "2026-11-27T15:00:00.000Z",
    rule: { id: "high", policyVersion: 1, passedOver: [{ id: "critical", because: "priority" }] },
    segments: [
      {
        from: "2026-11-25T23:00:00.000Z",
        measuredFrom: "2026-11-25T23:00:00.000Z",
        openMs: 14_400_000,
        team: "main",
        policyVersion: 1,
        ruleId: "high",
        combine: "replace",
        dueAt: "2026-11-27T15:00:00.000Z",
      },
    ],
    spans: [
      span("counted", "25T23", "26T01"),
      span("skipped", "26T01", "26T05", { reason: "night" }),
      span("skipped", "26T05", "27T05", { reason: "holiday", holiday: "Thanksgiving Day" }),
      span("skipped", "27T05", "27T13", { reason: "night" }),
      span("counted", "27T13", "27T15"),
    ],
    openMs: 14_400_000,
    zone: "America/New_York",
    text: [],
  };
  const answer = () => Response.json(explanation);

  test("a person sees each span, the sum and the holidays by name", async () => {
    const { out } = await runIn(["case", "explain", NUMBER], { ...signedIn, answer, isTerminal: true });
    expect(out).toBe(`148 203 917: first-response 1 is due Fri 27 Nov 2026 10:00 (running)
Times are in America/New_York. Rule high of policy 1: 4 h.
Not rule critical: its priority does not match.

DAY              FROM      UNTIL     COUNTED  SUM  WHY
Wed 25 Nov 2026  18:00:00  20:00:00  2 h      2 h  open
Wed 25 Nov 2026  20:00:00  00:00:00                night
Thu 26 Nov 2026  00:00:00  00:00:00                holiday: Thanksgiving Day
Fri 27 Nov 2026  00:00:00  08:00:00                night
Fri 27 Nov 2026  08:00:00  10:00:00  2 h      4 h  open

Counted 4 h of 4 h.
Holidays left out: Thanksgiving Day.
`);
  });

  test("a program gets exact instants and milliseconds, which add up", async () => {
    const { out } = await runIn(["case", "explain", NUMBER], { ...signedIn, answer });
    const rows = out
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    expect(rows.length).toBe(5);
    expect(rows.reduce((sum, [, , , counted]) => sum + Number(counted), 0)).toBe(14_400_000);
    expect(rows.at(-1)).toEqual([
      "2026-11-27",
      "2026-11-27T13:00:00.000Z",
      "2026-11-27T15:00:00.000Z",
      "7200000",
      "14400000",
      "open",
    ]);
  });

  test("another clock is asked for by its metric", async () => {
    const { sent } = await runIn(["case", "explain", NUMBER, "--metric", "next-response"], { ...signedIn, answer });
    expect(sent[0]?.url).toBe(`https://desk.example/v1/cases/${NUMBER}/clocks/next-response/explanation`);
  });
});
