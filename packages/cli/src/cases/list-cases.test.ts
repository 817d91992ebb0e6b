import { describe, expect, test } from "vitest";
import { runIn, type Sent } from "../fake-world.ts";
import { NUMBER, signedIn, summary } from "./fake-case.ts";

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
