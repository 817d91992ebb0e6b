import { describe, expect, test } from "vitest";
import { runIn } from "../fake-world.ts";
import { NUMBER, problem, signedIn, whole } from "./fake-case.ts";

describe("when a case is viewed", () => {
  test("its head, clocks, timeline and what is owed can be read at a glance", async () => {
    const { out, exitCode } = await runIn(["case", "view", "148-203-917"], signedIn);
    expect(exitCode).toBe(0);
    expect(out).toBe(`148 203 917  Empty [31minvoice
open · high · main · assigned to Ana Ruiz · tier 1

From            Cleo Marsh, acct_lakeside, standard package, on email (not verified)
Opened          Mon 2 Mar 2026 09:00
Asked for       critical
Look at         may-be-critical
Tags            billing
Possibly about  148203907
Version         4
first-response  due Mon 2 Mar 2026 13:00 (in 3 h, 3 h of open time left)

Timeline, times in America/New_York
Mon 2 Mar 2026
  09:00:00  opened by Cleo Marsh on email, asking for critical
  09:00:00  Cleo Marsh wrote on email
            │ It is empty.
            │ Why?
  09:30:00  Ana Ruiz left a note, for agents only
            │ Looks like the print server.
  09:30:00  SomethingNew

Owed
  acknowledgement mail to Cleo Marsh: abandoned (mail-off), since Mon 2 Mar 2026 09:00
`);
  });

  test("who has no name any more is shown by their id", async () => {
    const { assignee: _, names: _names, ...nameless } = whole;
    const answer = () =>
      Response.json({ ...nameless, collaborators: ["prin_bo"], names: [{ id: "prin_bo", name: "Bo" }] });
    const { out } = await runIn(["case", "view", NUMBER], { ...signedIn, answer });
    expect(out).toContain(" · assigned to prin_ana · ");
    expect(out).toMatch(/With +Bo\n/);
    expect(out).toContain("prin_ana left a note");
  });

  test("no name moves the cursor or turns the direction of what follows", async () => {
    const wicked = "Cleo \u009b2J\u202e\u001b[2J";
    const answer = () =>
      Response.json({
        ...whole,
        requester: { ...whole.requester, name: wicked },
        assignee: { id: "prin_ana", name: wicked },
        names: whole.names?.map((one) => ({ ...one, name: wicked })),
      });
    const { out } = await runIn(["case", "view", NUMBER], { ...signedIn, answer });
    expect(out).toContain("assigned to Cleo 2J[2J");
    expect(out).toContain("acknowledgement mail to Cleo 2J[2J");
    for (const moving of ["\u009b", "\u202e", "\u001b"]) expect(out).not.toContain(moving);
  });

  test("what came with a merge stands where it was written", async () => {
    const merged = {
      ...whole.messages[0],
      id: "msg_9",
      text: "From the other case.",
      receivedAt: "2026-03-02T14:10:00.000Z",
    };
    const answer = () => Response.json({ ...whole, messages: [...whole.messages, merged] });
    const { out } = await runIn(["case", "view", NUMBER], { ...signedIn, answer });
    const lines = out.split("\n");
    const at = lines.findIndex((line) => line.includes("From the other case."));
    expect(lines[at - 1]).toBe("  09:10:00  prin_mail wrote");
    expect(lines.slice(at + 1).join("\n")).toContain("left a note");
  });

  test.each([
    [whole.dueAt, "first-response is still due Mon 2 Mar 2026 13:00 (priority-raised)"],
    [
      "2026-03-03T15:30:00.000Z",
      "first-response is due Mon 2 Mar 2026 13:00 instead of Tue 3 Mar 2026 10:30 (priority-raised)",
    ],
  ])("a due that was %s before is told with what became of it", async (dueBefore, sentence) => {
    const fact = {
      type: "ClockRetargeted",
      version: 4,
      index: 0,
      at: whole.changedAt,
      by: { kind: "agent", id: "prin_ana" },
      metric: "first-response",
      cycle: 1,
      cause: "priority-raised",
      dueBefore,
      dueAt: whole.dueAt,
    };
    const answer = () => Response.json({ ...whole, facts: [fact] });
    const { out } = await runIn(["case", "view", NUMBER], { ...signedIn, answer });
    expect(out).toContain(sentence);
  });

  test("a clock that stands says what is left", async () => {
    const paused = { ...whole.clocks[0], metric: "resolution", state: "paused", msLeft: 11_400_000 };
    const answer = () => Response.json({ ...whole, clocks: [paused] });
    const { out } = await runIn(["case", "view", NUMBER, "--zone", "UTC"], { ...signedIn, answer, isTerminal: true });
    expect(out).toMatch(/resolution +paused, 3 h 10 m of open time left/);
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
