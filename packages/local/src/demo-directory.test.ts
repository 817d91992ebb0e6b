import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDataDir } from "./data-dir.ts";
import { writeDemoDirectory } from "./demo-directory.ts";

const dataDir = openDataDir(mkdtempSync(join(tmpdir(), "demo-directory-")), { fresh: true });

const OUTPUTS = {
  ChannelClientIdPortal: "client-1",
  ChannelClientIdChat: "client-2",
  ChannelClientIdEmail: "client-3",
  ChannelClientIdPhone: "client-4",
  ChannelClientIdEmergencyLine: "client-5",
};

describe("the demo directory of a deployment", () => {
  const { file, users } = writeDemoDirectory(OUTPUTS, dataDir);
  const written = JSON.parse(readFileSync(file, "utf8"));

  test("names the app client of each channel as it was deployed", () => {
    const machines: readonly { kind: string; clientId?: string }[] = written.principals;
    const clientIds = machines.filter(({ kind }) => kind === "channel").map(({ clientId }) => clientId);
    expect(clientIds).toEqual(Object.values(OUTPUTS));
  });

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
    const known = new Set([...idsOf(written.accounts), ...idsOf(written.people)]);
    const named = [...written.people, ...written.principals].flatMap((entry) => [entry.accountId, entry.personId]);
    expect(named.filter((id) => id !== undefined && !known.has(id))).toEqual([]);

    const unique = [...idsOf(written.principals), ...users.map((user) => user.username)];
    expect(new Set(unique).size).toBe(unique.length);
  });
});

describe("a deployment that lacks an output", () => {
  test("is refused with the output's name", () => {
    expect(() => writeDemoDirectory({}, dataDir)).toThrow("ChannelClientIdPortal");
  });
});
