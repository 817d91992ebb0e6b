import { App } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { readSettings } from "./settings.ts";

const settingsOf = (context: Record<string, unknown>) => readSettings(new App({ context }).node);

describe("when nothing is chosen", () => {
  test("a desk on AWS has mail off, and templates for every account and region", () => {
    expect(settingsOf({})).toEqual({
      name: "Ithaca",
      local: false,
      sender: "",
      rulesRefreshSeconds: 60,
      reconcileGraceSeconds: 90,
      deskUrl: undefined,
      channels: ["Portal", "Chat", "Email", "Phone", "EmergencyLine"],
      origins: [],
      account: undefined,
      region: undefined,
    });
  });

  test("a desk on the local cloud sends mail, and learns of other rules within a second", () => {
    const { local, sender, rulesRefreshSeconds } = settingsOf({ local: "true" });
    expect({ local, rulesRefreshSeconds }).toEqual({ local: true, rulesRefreshSeconds: 1 });
    expect(sender).toContain("@");
  });
});

describe("when something is chosen", () => {
  test.each([
    ["a string of the command line", { rulesRefreshSeconds: "5", reconcileGraceSeconds: "30", local: "false" }],
    ["a value of cdk.json", { rulesRefreshSeconds: 5, reconcileGraceSeconds: 30, local: false }],
  ])("%s counts", (_, context) => {
    expect(settingsOf(context)).toMatchObject({ rulesRefreshSeconds: 5, reconcileGraceSeconds: 30, local: false });
  });

  test("the channels that have a machine are those that are named, once each", () => {
    expect(settingsOf({ channels: "Portal, Email,Portal" }).channels).toEqual(["Portal", "Email"]);
    expect(settingsOf({}).channels).toHaveLength(5);
  });

  test("the origins whose pages may ask the API are those that are named", () => {
    const origins = "https://desk.ithaca.example, http://localhost:5173";
    expect(settingsOf({ origins }).origins).toEqual(["https://desk.ithaca.example", "http://localhost:5173"]);
  });

  test("mail can be off on the local cloud too", () => {
    expect(settingsOf({ local: true, sender: "" }).sender).toBe("");
  });
});

describe("when something cannot be used", () => {
  test.each([
    ["name", "my desk"],
    ["name", "a"],
    ["local", "perhaps"],
    ["sender", "not an address"],
    ["sender", "Desk <desk@ithaca.example>"],
    ["rulesRefreshSeconds", "0"],
    ["rulesRefreshSeconds", "soon"],
    ["reconcileGraceSeconds", "1.5"],
    ["deskUrl", "desk"],
    ["channels", "Portal,Fax"],
    ["channels", ""],
    ["origins", "*"],
    ["origins", "https://desk.ithaca.example/"],
    ["origins", "desk.ithaca.example"],
    ["origins", ""],
    ["account", "12"],
    ["region", "Frankfurt"],
  ])("%s %j is refused by its name, with what it must be", (name, value) => {
    expect(() => settingsOf({ [name]: value })).toThrow(`the context cannot be used: ${name} must be `);
  });
});
