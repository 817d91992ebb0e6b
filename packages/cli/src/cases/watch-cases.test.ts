import { describe, expect, test } from "vitest";
import { runIn, type Sent } from "../fake-world.ts";
import { NUMBER, signedIn, summary } from "./fake-case.ts";

const listed = { ...summary, subject: "Empty invoice", atRisk: false };

/** A desk whose changes are these pages in turn, after a first cursor. */
function changing(...pages: object[][]) {
  const left = [[], ...pages];
  return ({ url }: Sent) => {
    const items = left.shift() ?? [];
    const { searchParams } = new URL(url);
    return Response.json({ items, cursor: `after-${searchParams.get("after") ?? "nothing"}`, more: false });
  };
}

const watch = (answer: (sent: Sent) => Response, ...args: string[]) =>
  runIn(["watch", "--every", "0", "--rounds", "2", ...args], { ...signedIn, answer });

describe("when a desk is watched", () => {
  test("each change is a line, from cursor to cursor", async () => {
    const changed = { ...listed, version: 5, status: "resolved", dueAt: undefined };
    const ran = await watch(changing([{ ...listed, version: 1 }], [changed]));
    expect(ran.exitCode).toBe(0);
    expect(ran.out).toBe(
      `09:30:00\t${NUMBER}\topened\thigh\tmain\tdue in 3 h\tEmpty invoice\n09:30:00\t${NUMBER}\topen → resolved\thigh\tmain\tno due\tEmpty invoice\n`,
    );
    expect(ran.sent.map(({ url }) => new URL(url).searchParams.get("after"))).toEqual([
      null,
      "after-nothing",
      "after-after-nothing",
    ]);
  });

  test("a team's cases are told until they leave it", async () => {
    const other = { ...listed, number: "2", team: "au" };
    const ran = await watch(changing([listed, other], [{ ...listed, team: "au" }, other]), "--team", "main");
    expect(ran.out.split("\n").map((line) => line.split("\t")[2])).toEqual(["open", "moved to au", undefined]);
  });

  test("whoever takes a case is told by name, and by id when they have none", async () => {
    const { assignee: _, ...free } = { ...listed, assigneeId: undefined };
    const bos = { ...free, assigneeId: "prin_bo" };
    const ran = await watch(changing([free, { ...free, number: "2" }], [listed, { ...bos, number: "2" }]));
    const told = ran.out.split("\n").map((line) => line.split("\t")[2]);
    expect(told.slice(2, 4)).toEqual(["Ana Ruiz's", "prin_bo's"]);
  });

  test("as JSON each is a line with the fields that were asked for", async () => {
    const ran = await watch(changing([listed], []), "--json=number,status");
    expect(ran.out).toBe(`{"number":"${NUMBER}","status":"open"}\n`);
  });
});
