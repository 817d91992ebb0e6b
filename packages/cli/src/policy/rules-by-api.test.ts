import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { runIn, type Sent, SIGNED_IN } from "../fake-world.ts";
import type { World } from "../world.ts";
import { signedInDesk } from "./desk-rules.ts";

const POLICY = z.encode(Policy, shippedRules.policy);
const made = {
  madeBy: "prin_max",
  madeAt: "2026-03-01T10:00:00.000Z",
  movesUnfinished: false,
  reason: "Three hours",
};
const VERSIONS = [
  { version: 3, inForce: false, inForceFrom: "2026-03-09T10:00:00.000Z", ...made },
  { version: 2, inForce: true, inForceFrom: "2026-03-01T10:02:00.000Z", ...made },
  { version: 1, inForce: false },
];
const renamed = { ...POLICY, version: 2, name: "By another name" };
const refusal = (status: number, type: string, more = {}) =>
  Response.json(
    { type: `urn:ithaca:problem:${type}`, title: "No", status, detail: "No.", requestId: "r", ...more },
    { status, headers: { "content-type": "application/problem+json" } },
  );

const SOONEST = "2026-03-02T15:02:00.000Z";

/** A desk whose version 2 is in force and whose version 3 is to come; `applied` answers whoever applies another. */
function desk(
  applied = () => Response.json({ version: 4, calendars: [], inForceFrom: "2026-03-02T15:02:00.000Z" }),
  soonest = SOONEST,
) {
  return ({ method, url }: Sent): Response => {
    if (method === "POST") return applied();
    if (url.endsWith("/v1/policy/versions")) return Response.json({ versions: VERSIONS, soonest });
    if (url.endsWith("/v1/policy/versions/2")) return Response.json({ ...VERSIONS[1], policy: renamed });
    if (url.endsWith("/v1/calendars")) return Response.json({ at: "2026-03-02T15:00:00.000Z", items: [] });
    return refusal(404, "not-there");
  };
}

const signedIn = { profile: SIGNED_IN, answer: desk() };
const file = join(mkdtempSync(join(tmpdir(), "ithaca-api-")), "policy.json");
writeFileSync(file, JSON.stringify({ ...renamed, name: "A third name" }));
const apply = ["policy", "apply", file, "--reason", "A try"];
const posted = (sent: readonly Sent[]) => sent.find(({ method }) => method === "POST")?.body;

describe("when somebody is signed in", () => {
  test("they see the versions and the rules of the desk by its API", async () => {
    const { out } = await runIn(["policy", "history"], signedIn);
    expect(out.split("\n")[1]).toBe(
      "policy 2\t2026-03-01T10:02:00.000Z\t2026-03-01T10:00:00.000Z\tprin_max\tThree hours",
    );
    expect(JSON.parse((await runIn(["policy", "show"], signedIn)).out)).toMatchObject({ name: "By another name" });
    const { out: yaml } = await runIn(["policy", "show", "--yaml"], signedIn);
    expect(yaml).toContain("$schema=https://desk.example/policy.schema.json");
    expect(await runIn(["policy", "show", "--version", "9"], signedIn)).toMatchObject({
      exitCode: 4,
      err: expect.stringContaining("no version 9"),
    });
  });

  test("an edit is compared with what is in force there", async () => {
    const { exitCode, out } = await runIn(["policy", "diff", file], signedIn);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: "the name: By another name → A third name\n" });
  });

  test("they apply it as themselves, as soon as every function can know it", async () => {
    const { out, err, sent } = await runIn(apply, signedIn);
    expect(out).toBe("policy 4, in force from 2026-03-02T15:02:00.000Z\n");
    expect(err).toContain("version 3, which comes into force later, was made without this change");
    expect(posted(sent)).toMatchObject({ basedOn: 2, reason: "A try", movesUnfinished: false });
    expect(posted(sent)).not.toHaveProperty("inForceFrom");
  });

  test("from an instant on, moving what is unfinished, if they say so", async () => {
    const { sent } = await runIn([...apply, "--in", "3600", "--move-unfinished", "--base", "3"], signedIn);
    expect(posted(sent)).toMatchObject({
      basedOn: 3,
      inForceFrom: "2026-03-02T16:00:00.000Z",
      movesUnfinished: true,
    });
  });

  test("they take it back by the rules of an earlier version", async () => {
    const { sent } = await runIn(["policy", "revert", "2"], signedIn);
    expect(posted(sent)).toMatchObject({
      policy: { name: "By another name" },
      basedOn: 2,
      reason: "Back to version 2",
    });
  });

  test("they take back the version that they saw, if they name it, and no other", async () => {
    const { sent } = await runIn(["policy", "revert", "2", "--base", "1"], signedIn);
    expect(posted(sent)).toMatchObject({ basedOn: 1 });
  });

  test("what they take back follows the version that will be in force by then", async () => {
    const soonest = "2026-03-09T10:00:30.000Z";
    const { sent } = await runIn(["policy", "revert", "2"], { ...signedIn, answer: desk(undefined, soonest) });
    expect(posted(sent)).toMatchObject({ basedOn: 3 });
  });

  test("when another version came up meanwhile, they are told to take it back again", async () => {
    const answer = desk(() => refusal(409, "rules-outdated", { currentVersion: 3 }));
    const { exitCode, err } = await runIn(["policy", "revert", "2"], { ...signedIn, answer });
    expect(exitCode).not.toBe(0);
    expect(err).toContain("then revert again");
    expect(err).not.toContain("--base");
  });

  test.each<[string, readonly string[], () => Response, string]>([
    ["whoever is no manager", [], () => refusal(404, "not-there"), "--stack NAME"],
    ["one that is outdated", [], () => refusal(409, "rules-outdated", { currentVersion: 3 }), "--base 3"],
    ["one made at the same time", [], () => refusal(409, "rules-changed"), "No. No."],
    ["one in the name of another", ["--by", "olga"], () => Response.error(), "--by goes with --stack"],
  ])("%s is refused with what to do", async (_, more, answer, said) => {
    const { exitCode, err } = await runIn([...apply, ...more], { ...signedIn, answer: desk(answer) });
    expect(exitCode).not.toBe(0);
    expect(err).toContain(said);
  });
});

describe("which desk is meant", () => {
  const env = { XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), "ithaca-which-")), ITHACA_API: "https://desk.example" };
  const asked = (args: readonly string[], more: Record<string, string>) => {
    const command = new Command().option("--stack <name>", "the stack", "Ithaca").parse(args, { from: "user" });
    const world = { env: { ...env, ...more } } as unknown as World;
    return signedInDesk(world, command) === undefined ? "the stack" : "the API";
  };

  test.each<[string, readonly string[], Record<string, string>, string]>([
    ["the API of whoever is signed in", [], { ITHACA_TOKEN: "t" }, "the API"],
    ["the same where the environment knows a stack", [], { ITHACA_TOKEN: "t", ITHACA_STACK: "Ithaca" }, "the API"],
    ["the stack that the command line names", ["--stack", "Ithaca"], { ITHACA_TOKEN: "t" }, "the stack"],
    ["the stack, where nobody is signed in", [], {}, "the stack"],
  ])("%s", (_, args, more, expected) => expect(asked(args, more)).toBe(expected));
});
