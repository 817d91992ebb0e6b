import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { NOW } from "../fake-world.ts";
import { type DirectoryFile, readDirectoryFile } from "./directory-file.ts";
import { fakePool, poolUser } from "./fake-pool.ts";
import { type DirectoryImport, type DirectoryTarget, importDirectory } from "./import-directory.ts";

const DIRECTORY: DirectoryFile = {
  accounts: [
    {
      id: "acct_lakeside",
      name: "Lakeside",
      package: "standard",
      team: "main",
      zone: "America/Chicago",
      language: "en",
    },
  ],
  people: [{ id: "person_cleo", name: "Cleo", addresses: ["cleo@lakeside.example"], accountId: "acct_lakeside" }],
  principals: [
    {
      id: "prin_cleo",
      kind: "customer",
      username: "cleo",
      name: "Cleo",
      address: "cleo@lakeside.example",
      roles: [],
      teams: [],
      personId: "person_cleo",
      accountId: "acct_lakeside",
    },
    {
      id: "prin_ana",
      kind: "agent",
      username: "ana",
      name: "Ana",
      address: "ana@desk.example",
      roles: ["agent", "lead"],
      teams: ["main"],
    },
    {
      id: "prin_mail",
      kind: "channel",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: so a file refers to an output of the stack.
      clientId: "${ChannelClientIdEmail}",
      name: "Mail",
      address: "mail@desk.example",
      roles: [],
      teams: [],
      channels: ["email"],
    },
  ],
};
const USUAL: DirectoryImport = { dryRun: false, createUsers: true };

function target(): DirectoryTarget & { users: ReturnType<typeof fakePool> } {
  const { directory } = openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules });
  return { directory, users: fakePool("sub", poolUser("sub", "cleo")), outputs: { ChannelClientIdEmail: "client-7" } };
}

async function receipts(file: DirectoryFile, to: DirectoryTarget, how: DirectoryImport = USUAL): Promise<string[]> {
  const all: string[] = [];
  for await (const { kind, id, outcome } of importDirectory(file, to, how)) all.push(`${kind} ${id} ${outcome}`);
  return all;
}

const IDS = [
  "account acct_lakeside",
  "person person_cleo",
  "customer prin_cleo",
  "agent prin_ana",
  "channel prin_mail",
];

describe("when a directory is imported", () => {
  test("everybody is there, and known by what they sign in with", async () => {
    const to = target();
    expect(await receipts(DIRECTORY, to)).toEqual(IDS.map((row) => `${row} put`));
    expect(await to.directory.account("acct_lakeside")).toEqual(DIRECTORY.accounts[0]);
    expect(await to.directory.person("person_cleo")).toMatchObject({
      known: true,
      addresses: ["cleo@lakeside.example"],
    });
    expect(await to.directory.principalOfSubject("sub-cleo")).toEqual({
      kind: "customer",
      id: "prin_cleo",
      personId: "person_cleo",
      accountId: "acct_lakeside",
    });
    expect(await to.directory.principalOfSubject("sub-ana")).toMatchObject({
      id: "prin_ana",
      role: "lead",
      teams: ["main"],
    });
    expect(await to.directory.principalOfSubject("client-7")).toMatchObject({ id: "prin_mail", channels: ["email"] });
  });

  test("again, nothing changes", async () => {
    const to = target();
    await receipts(DIRECTORY, to);
    expect(await receipts(DIRECTORY, to)).toEqual(IDS.map((row) => `${row} unchanged`));
  });

  test("only a user who is missing is made, with the password that was given", async () => {
    const to = target();
    await receipts(DIRECTORY, to, { ...USUAL, password: "first" });
    expect([...to.users.passwords]).toEqual([["ana", "first"]]);
  });

  test("a channel may be named by its client's id", async () => {
    const to = target();
    const [, , channel] = DIRECTORY.principals;
    const file = {
      accounts: [],
      people: [],
      principals: channel?.kind === "channel" ? [{ ...channel, clientId: "client-9" }] : [],
    };
    await receipts(file, to);
    expect(await to.directory.principalOfSubject("client-9")).toMatchObject({ id: "prin_mail" });
  });

  test("a dry run says the same and does nothing", async () => {
    const to = target();
    expect(await receipts(DIRECTORY, to, { ...USUAL, dryRun: true })).toEqual(IDS.map((row) => `${row} put`));
    expect(await to.directory.account("acct_lakeside")).toBeUndefined();
    expect(await to.directory.principal("prin_ana")).toBeUndefined();
    expect(to.users.passwords.size).toBe(0);
  });
});

describe("when a row cannot be imported", () => {
  test("a user who is missing refuses it, unless users are made", async () => {
    expect(await receipts(DIRECTORY, target(), { ...USUAL, createUsers: false })).toContain("agent prin_ana refused");
  });

  test("an account or person that is nowhere refuses it, and holds up no other", async () => {
    const file = { ...DIRECTORY, accounts: [], people: DIRECTORY.people };
    const all = await receipts(file, target());
    expect(all).toEqual([
      "person person_cleo refused",
      "customer prin_cleo refused",
      "agent prin_ana put",
      "channel prin_mail put",
    ]);
  });

  test("an address of somebody else refuses it", async () => {
    const to = target();
    await receipts(DIRECTORY, to);
    const file = {
      accounts: [],
      people: [{ id: "person_other", addresses: ["cleo@lakeside.example"] }],
      principals: [],
    };
    expect(await receipts(file, to)).toEqual(["person person_other refused"]);
  });

  test("an output that the stack has not refuses it", async () => {
    expect(await receipts(DIRECTORY, { ...target(), outputs: {} })).toContain("channel prin_mail refused");
  });
});

describe("a directory file", () => {
  const read = (text: string) => {
    const path = join(mkdtempSync(join(tmpdir(), "ithaca-")), "directory.json");
    writeFileSync(path, text);
    return () => readDirectoryFile(path);
  };

  test("is read as it is", () => expect(read(JSON.stringify(DIRECTORY))()).toEqual(DIRECTORY));

  test.each([
    ["not JSON", "{", "is not JSON"],
    ["a field that nobody knows", JSON.stringify({ ...DIRECTORY, extra: 1 }), "the whole"],
    [
      "an id of another kind",
      JSON.stringify({ ...DIRECTORY, accounts: [{ ...DIRECTORY.accounts[0], id: "person_x" }] }),
      "accounts.0.id",
    ],
    [
      "an agent without a role",
      JSON.stringify({ ...DIRECTORY, principals: [{ ...DIRECTORY.principals[1], roles: [] }] }),
      "principals.0.roles",
    ],
  ])("that holds %s is refused by name", (_, text, said) => expect(read(text)).toThrow(said));
});
