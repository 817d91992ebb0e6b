import { describe, expect, test } from "vitest";
import { problem } from "../cases/fake-case.ts";
import { runIn, type Sent, SIGNED_IN } from "../fake-world.ts";

const task = {
  id: "case_148203917.2.0",
  number: "148203917",
  messageId: "msg_2",
  personId: "person_cleo",
  agentId: "prin_ana",
  abandonedAt: "2026-03-02T14:30:00.000Z",
  reason: "no-address",
};
const pages = ({ url }: Sent) =>
  Response.json(
    new URL(url).searchParams.has("cursor") ? { items: [{ ...task, number: "2" }] } : { items: [task], cursor: "next" },
  );

describe("when an agent lists their tasks", () => {
  test("in a pipe each is a line of exact values, from every page", async () => {
    const ran = await runIn(["task", "list", "--all"], { profile: SIGNED_IN, answer: pages });
    const values = `2026-03-02T14:30:00.000Z\tno-address\tperson_cleo\t${task.id}\n`;
    expect(ran).toMatchObject({ exitCode: 0, out: `148203917\t${values}2\t${values}` });
    expect(ran.sent.map(({ url }) => new URL(url).search)).toEqual(["?limit=100", "?limit=100&cursor=next"]);
  });

  test("a lead names another agent, and how many", async () => {
    const asked = ["task", "list", "--agent", "prin_bo", "--limit", "1", "--json=number"];
    const ran = await runIn(asked, { profile: SIGNED_IN, answer: pages });
    expect(JSON.parse(ran.out)).toEqual([{ number: "148203917" }]);
    expect(ran.sent.map(({ url }) => new URL(url).search)).toEqual(["?agent=prin_bo&limit=1"]);
  });

  test("on a terminal they are a table, or nothing is there to see to", async () => {
    const terminal = { profile: SIGNED_IN, isTerminal: true };
    const ran = await runIn(["task", "list", "--limit", "1"], { ...terminal, answer: pages });
    expect(ran.out.split("\n")[0]).toMatch(/^NUMBER +SINCE +WHY +NOT SENT TO +TASK$/);
    const none = await runIn(["task", "list"], { ...terminal, answer: () => Response.json({ items: [] }) });
    expect(none.out).toBe("Nothing to see to.\n");
  });
});

describe("when a task is done", () => {
  test("it is said of which case it was", async () => {
    const done = { ...task, done: { at: task.abandonedAt, by: "prin_ana" } };
    const ran = await runIn(["task", "done", task.id], { profile: SIGNED_IN, answer: () => Response.json(done) });
    expect(ran).toMatchObject({ exitCode: 0, out: "148203917: task done\n" });
    expect(ran.sent).toMatchObject([{ method: "PUT", url: `https://desk.example/v1/tasks/${task.id}/done` }]);
  });

  test("one that is not there, or not yours, is told by its exit code", async () => {
    const answer = () => problem(404, "not-there");
    expect((await runIn(["task", "done", task.id], { profile: SIGNED_IN, answer })).exitCode).toBe(4);
  });
});
