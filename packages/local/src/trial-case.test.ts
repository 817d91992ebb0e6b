import type { Client } from "@ithaca/client";
import { describe, expect, test } from "vitest";
import { type DemoUser, readDemoUsers } from "./demo-directory.ts";
import { agentFor, findTrialCase } from "./trial-case.ts";

const users = readDemoUsers();

/** A desk on which each team has these open cases. */
function deskWith(open: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = [];
  const clientOf = async (username: string) => {
    const list = async ({ team = "" }: { team?: string | undefined }) => {
      asked.push(`${username} for ${team}`);
      return { items: (open[team] ?? []).map((number) => ({ number })) };
    };
    return { cases: { list } } as unknown as Pick<Client, "cases">;
  };
  return { asked, found: () => findTrialCase({ users }, clientOf) };
}

describe("who would work a case", () => {
  test.each([
    ["main", "ana@desk.example"],
    ["au", "mia@desk.example"],
    [undefined, "ana@desk.example"],
    ["night", "ana@desk.example"],
  ])("of team %s: %s", (team, username) => {
    expect(agentFor(users, team)).toBe(username);
  });

  test("without an agent nobody can be named", () => {
    const customers: DemoUser[] = users.filter(({ answersFor }) => answersFor.length === 0);
    expect(customers.length).toBeGreaterThan(0);
    expect(() => agentFor(customers, "main")).toThrow("no agent");
  });
});

describe("a case to try things on", () => {
  test("is the first in the list of the first team that has one, with an agent of that team", async () => {
    const both = deskWith({ main: ["111111111", "222222222"], au: ["333333333"] });
    expect(await both.found()).toEqual({ number: "111111111", username: "ana@desk.example" });
    expect(await deskWith({ au: ["333333333"] }).found()).toEqual({
      number: "333333333",
      username: "mia@desk.example",
    });
  });

  test("is none on a desk without open cases, each of whose teams was asked once", async () => {
    const { asked, found } = deskWith({});
    expect(await found()).toBeUndefined();
    expect(asked).toEqual(["ana@desk.example for main", "mia@desk.example for au"]);
  });
});
