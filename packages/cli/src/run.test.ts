import { describe, expect, test } from "vitest";
import { runIn, SIGNED_IN } from "./fake-world.ts";

const COMMANDS = [
  ["login"],
  ["logout"],
  ["whoami"],
  ["case"],
  ["case", "list"],
  ["case", "view"],
  ["case", "explain"],
  ["case", "reply"],
  ["case", "note"],
  ["case", "take"],
  ["case", "priority"],
  ["case", "resolve"],
  ["message", "send"],
  ["api"],
  ["import-directory"],
  ["policy", "show"],
  ["policy", "history"],
  ["policy", "apply"],
  ["policy", "lint"],
  ["export"],
  ["import"],
  ["hold"],
  ["go-live"],
  ["re-announce"],
  ["dead-letters", "list"],
  ["dead-letters", "redrive"],
  ["doctor"],
];

describe("help", () => {
  test.each(COMMANDS.map((command) => [command.join(" "), command] as const))(
    "of %s is written to standard output",
    async (_, command) => {
      const ran = await runIn([...command, "--help"]);
      expect(ran).toMatchObject({ exitCode: 0, err: "", sent: [] });
      expect(ran.out).toContain(`Usage: ithaca ${command.join(" ")}`);
    },
  );

  test("tells the exit codes", async () => {
    expect((await runIn(["--help"])).out).toMatch(/5 {2}the case has changed meanwhile/);
  });
});

describe("when the command is written wrongly", () => {
  test.each([
    [[]],
    [["case", "frob"]],
    [["case", "view"]],
    [["message", "send", "-m", "x"]],
    [["whoami", "--odd"]],
    [["policy", "apply", "x"]],
    [["re-announce"]],
    [["re-announce", "--since", "yesterday"]],
    [["dead-letters", "redrive"]],
    [["dead-letters", "redrive", "send-mail", "--all"]],
    [["dead-letters", "list", "--limit", "0"]],
  ])("%o ends with 2 and says what is wrong", async (args) => {
    const ran = await runIn(args);
    expect(ran).toMatchObject({ exitCode: 2, out: "" });
    expect(ran.err.length).toBeGreaterThan(0);
  });
});

describe("when a message is sent", () => {
  const receipt = {
    caseId: "case_148203917",
    number: "148203917",
    messageId: "msg_1",
    joined: false,
    priority: "high",
    team: "main",
    dueAt: "2026-03-02T18:00:00.000Z",
    receivedAt: "2026-03-02T15:00:00.000Z",
  };
  const signedIn = { profile: SIGNED_IN, answer: () => Response.json(receipt, { status: 201 }) };

  test("the number and the promise are told", async () => {
    const ran = await runIn(["message", "send", "--channel", "portal", "--subject", "Empty", "-m", "Help"], signedIn);
    expect(ran.out).toBe("148 203 917 opened: high · main, first response due Mon 2 Mar 2026 13:00 (in 3 h)\n");
    expect(ran.sent[0]?.body).toEqual({
      channel: "portal",
      channelMessageId: "new-id",
      subject: "Empty",
      text: "Help",
    });
  });

  test("a channel says who wrote, what they ask for and what it is about", async () => {
    const options = [
      "--from",
      "jo@a.example",
      "--from-name",
      "Jo",
      "--account",
      "acct_a",
      "--priority",
      "high",
      "--case",
      "148 203 917",
      "--channel-message-id",
      "m1",
      "--key",
      "k1",
    ];
    const ran = await runIn(["message", "send", "--channel", "phone", "-m", "Help", ...options], signedIn);
    expect(ran.sent[0]?.body).toEqual({
      channel: "phone",
      channelMessageId: "m1",
      text: "Help",
      from: { address: "jo@a.example", name: "Jo", accountId: "acct_a" },
      requestedPriority: "high",
      caseNumber: "148203917",
    });
    expect(ran.sent[0]?.headers.get("idempotency-key")).toBe("k1");
  });
});

describe("when any request is sent", () => {
  const answer = () => Response.json({ kind: "agent" });

  test("the answer is printed", async () => {
    const ran = await runIn(["api", "put", "/v1/x", "--body", '{"a":1}', "-H", 'If-Match: "3"'], {
      profile: SIGNED_IN,
      answer,
    });
    expect(ran.out).toBe('{\n  "kind": "agent"\n}\n');
    expect(ran.sent[0]).toMatchObject({ method: "PUT", url: "https://desk.example/v1/x", body: { a: 1 } });
    expect(ran.sent[0]?.headers.get("if-match")).toBe('"3"');
  });

  test("a no is printed whole, and told", async () => {
    const no = { type: "urn:ithaca:problem:not-there", title: "Not found", status: 404, detail: "None." };
    const ran = await runIn(["api", "GET", "/v1/x"], {
      profile: SIGNED_IN,
      answer: () => Response.json(no, { status: 404 }),
    });
    expect(ran).toMatchObject({ exitCode: 4, err: "ithaca: Not found. None.\n" });
    expect(JSON.parse(ran.out)).toEqual(no);
  });

  test.each([
    [["api", "FETCH", "/v1/x"]],
    [["api", "GET", "v1/x"]],
    [["api", "POST", "/v1/x", "--body", "{"]],
    [["api", "GET", "/v1/x", "-H", "odd"]],
  ])("%o is a mistake of use", async (args) =>
    expect(await runIn(args, { profile: SIGNED_IN, answer })).toMatchObject({ exitCode: 2, sent: [] }),
  );
});

test("a zone that is none is told", async () => {
  const ran = await runIn(["case", "view", "148203917", "--zone", "Mars/Base"], { profile: SIGNED_IN });
  expect(ran).toMatchObject({ exitCode: 2, sent: [] });
  expect(ran.err).toContain("Mars/Base is no time zone");
});
