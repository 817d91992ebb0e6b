import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DEMO_DIRECTORY, readDemoUsers } from "./demo-directory.ts";

describe("the demo directory", () => {
  const users = readDemoUsers();
  const file = JSON.parse(readFileSync(DEMO_DIRECTORY, "utf8"));

  test("has a customer of each team, and agents, leads and a manager", () => {
    const standings = users.map((user) => user.standing);
    expect(standings).toContain("customer, Lakeside Clinics (team main)");
    expect(standings).toContain("customer, Harbour Logistics (team au)");
    for (const standing of ["agent of main", "agent of au", "lead of main", "lead of au", "manager of main and au"]) {
      expect(standings).toContain(standing);
    }
  });

  test("every person and account that an entry names is there, and no id or username is used twice", () => {
    const idsOf = (entries: readonly { id: string }[]): string[] => entries.map((entry) => entry.id);
    const known = new Set([...idsOf(file.accounts), ...idsOf(file.people)]);
    const named = [...file.people, ...file.principals].flatMap((entry) => [entry.accountId, entry.personId]);
    expect(named.filter((id) => id !== undefined && !known.has(id))).toEqual([]);

    const unique = [...idsOf(file.principals), ...users.map((user) => user.username)];
    expect(new Set(unique).size).toBe(unique.length);
  });
});
