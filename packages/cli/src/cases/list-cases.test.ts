import { describe, expect, test } from "vitest";
import { runIn, type Sent } from "../fake-world.ts";
import { NUMBER, signedIn, summary } from "./fake-case.ts";

describe("when cases are listed", () => {
  const listed = { ...summary, subject: "Empty invoice", atRisk: true };
  const pages = ({ url }: Sent) => {
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
    expect(ran.out).toMatch(/main +Ana Ruiz +Empty invoice/);
    expect(ran.sent.length).toBe(1);
  });

  test("without --team they are those of the whole desk, and --all reads every page", async () => {
    const ran = await runIn(["case", "list", "--view", "mine", "--all", "--json=number"], {
      ...signedIn,
      answer: pages,
    });
    expect(JSON.parse(ran.out)).toEqual([{ number: NUMBER }, { number: "2" }]);
    const asked = ran.sent.map(({ url }) => new URL(url).searchParams);
    expect(asked.map((query) => [query.get("view"), query.get("team"), query.get("cursor")])).toEqual([
      ["mine", null, null],
      ["mine", null, "next"],
    ]);
  });

  test("a limit that is none is a mistake of use", async () => {
    expect((await runIn(["case", "list", "--limit", "0"], signedIn)).exitCode).toBe(2);
    expect((await runIn(["case", "list", "--view", "odd"], signedIn)).exitCode).toBe(2);
  });
});

describe("when cases are counted", () => {
  const counts = { active: 3, atRisk: 1, unassigned: 2, waiting: 4, done: 9 };
  const none = { active: 0, atRisk: 0, unassigned: 0, waiting: 0, done: 0 };
  const answer = (untriaged: object) => () =>
    Response.json({ teams: [{ team: "main", ...counts }], untriaged, mine: { active: 1, waiting: 0 } });

  test("each team is a line", async () => {
    const ran = await runIn(["case", "counts"], { ...signedIn, answer: answer(none) });
    expect(ran.out).toBe("main\t3\t1\t2\t4\t9\n");
  });

  test("cases that no team has yet are a line of their own", async () => {
    const ran = await runIn(["case", "counts"], {
      ...signedIn,
      answer: answer({ ...none, active: 1 }),
      isTerminal: true,
    });
    expect(ran.out).toMatch(/no team yet +1 /);
    expect(ran.out).toContain("Yours: 1 active, 0 waiting.");
  });
});
