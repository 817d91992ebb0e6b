import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { NOW } from "../fake-world.ts";
import { fakePool, poolUser } from "./fake-pool.ts";
import { exportSignIns, importSignIns } from "./sign-ins.ts";

/** A desk where Ana and the mail channel can sign in; a stranger is in the pool too. */
async function exported() {
  const { directory } = openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules });
  await directory.putPrincipal({
    kind: "agent",
    id: "prin_ana",
    name: "Ana",
    address: "ana@desk.example",
    role: "agent",
    teams: ["main"],
  });
  await directory.putPrincipal({ kind: "channel", id: "prin_mail", name: "Mail", channels: ["email"] });
  await directory.bindSubject("old-ana", "prin_ana");
  await directory.bindSubject("old-client", "prin_mail");
  const folder = mkdtempSync(join(tmpdir(), "ithaca-"));
  const users = fakePool("old", poolUser("old", "ana"), poolUser("old", "stranger"));
  const outputs = { ChannelClientIdEmail: "old-client", ApiUrl: "https://old.example" };
  return { folder, directory, users, outputs, count: await exportSignIns(folder, { directory, users, outputs }) };
}

const HERE = { ChannelClientIdEmail: "new-client", ApiUrl: "https://new.example" };

describe("when sign-ins move to another user pool", () => {
  test("only whoever is somebody at the desk goes along", async () => {
    const { count, folder, directory } = await exported();
    expect(count).toBe(1);
    const users = fakePool("new");
    const { made } = await importSignIns(folder, { directory, users, outputs: HERE }, "first");
    expect(made).toEqual(["ana"]);
    expect([...users.passwords]).toEqual([["ana", "first"]]);
  });

  test("they are the principals that they were", async () => {
    const { folder, directory } = await exported();
    const users = fakePool("new", poolUser("new", "ana"));
    expect(await importSignIns(folder, { directory, users, outputs: HERE }, undefined)).toEqual({ made: [], bound: 2 });
    expect(await directory.principalOfSubject("new-ana")).toMatchObject({ id: "prin_ana" });
    expect(await directory.principalOfSubject("new-client")).toMatchObject({ id: "prin_mail" });
  });

  test("where they were already, nothing is bound anew", async () => {
    const { folder, directory, users, outputs } = await exported();
    expect(await importSignIns(folder, { directory, users, outputs }, undefined)).toEqual({ made: [], bound: 0 });
  });

  test("a folder without them is no export", async () => {
    const { directory, users } = await exported();
    const folder = mkdtempSync(join(tmpdir(), "ithaca-"));
    await expect(importSignIns(folder, { directory, users, outputs: HERE }, undefined)).rejects.toThrow(
      "no whole export",
    );
  });
});
