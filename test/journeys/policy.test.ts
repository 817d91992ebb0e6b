import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MAX } from "./callers.ts";
import { eventually } from "./eventually.ts";
import { opsCommand, signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const [customer, agent, manager] = [CLEO, ANA, MAX].map((name) => callers.user(name));
const ops = opsCommand(desk);
const folder = mkdtempSync(join(tmpdir(), "ithaca-policy-"));

/** An edit takes several commands, each a process of its own. */
const EDIT_TIMEOUT_MS = 180_000;

type Rules = Awaited<ReturnType<NonNullable<typeof manager>["policy"]["version"]>>["policy"];

/** The rules with another length of the promise for high cases. */
function withHigh(rules: Rules, minutes: number): Rules {
  const targets = rules.targets.map((rule) => (rule.id === "high-response" ? { ...rule, length: { minutes } } : rule));
  return { ...rules, targets };
}

function fileOf(name: string, content: object | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const soon = () => new Date(Date.now() + 8_000).toISOString();
const show = async (): Promise<Rules> => JSON.parse(await ops.run("policy", "show"));
const inForce = (version: number) =>
  eventually(`version ${version} in force`, async () => ((await show()).version === version ? version : undefined));

beforeAll(() => applyRules(desk, { main: "open", au: "open" }));

describe("when the owner of a desk edits its policy", () => {
  test("they lint, test and compare it, apply it, see who did, and take it back with the clocks that run", {
    timeout: EDIT_TIMEOUT_MS,
  }, async () => {
    if (!(customer && agent && manager)) throw new Error("nobody calls");
    const before = await show();
    const { version } = before;

    // What the desk prints as YAML names the schema that it publishes.
    const yaml = await ops.run("policy", "show", "--yaml");
    const [, schemaUrl] = /^# yaml-language-server: \$schema=(\S+)/.exec(yaml) ?? [];
    expect(schemaUrl).toMatch(/\/policy\.schema\.json$/);
    expect(await (await fetch(`${desk.apiUrl}/policy.schema.json`)).json()).toHaveProperty("$defs.policy");

    const edited = fileOf("policy.json", { policy: withHigh(before, 60), calendars: [] });
    const calendars = await Promise.all(
      ["open-around-now", "closed-around-now"].map(async (id) => (await agent.calendars.read(id)).calendar),
    );
    const whole = fileOf("whole.json", { policy: withHigh(before, 60), calendars });
    await ops.run("policy", "lint", whole);
    const at = new Date().toISOString();
    const due = new Date(Date.parse(at) + 3_600_000).toISOString();
    const high = { name: "high", at, channel: "portal", requestedPriority: "high", expect: { team: "main", due } };
    fileOf("whole.cases.json", { cases: [high] });
    expect(await ops.run("policy", "test", whole)).toMatch(/^ok\thigh\thigh\tmain\t/);

    const compared = await ops.tryTo("policy", "diff", edited);
    expect(compared.exitCode).toBe(1);
    expect(compared.output).toMatch(/^target high-response \(.*\): .* → 1 h, on the owning team's hours\n$/);

    const apply = ["policy", "apply", edited, "--by", "olga", "--reason", "An hour will do"];
    expect(await ops.run(...apply)).toMatch(new RegExp(`^policy ${version + 1}, in force from `));
    await inForce(version + 1);
    const history = await ops.run("policy", "history");
    expect(history).toMatch(new RegExp(`^policy ${version + 1}\\t.*olga\\tAn hour will do`));
    expect(await ops.run("policy", "diff", edited)).toBe("");

    // The same file again would undo nothing, and yet nobody has said that they saw what is in force.
    const again = await ops.tryTo(...apply);
    expect(again.exitCode).toBe(1);
    expect(again.errors).toContain(`--base ${version + 1}`);

    const { number } = await customer.sendMessage(message({ requestedPriority: "high" }));
    const promised = await eventually("a promise of an hour", async () => {
      const { rule, startedAt, dueAt } = await agent.cases.explain(number, "first-response");
      const lengthMs = Date.parse(dueAt) - Date.parse(startedAt);
      return rule.policyVersion === version + 1 ? lengthMs : undefined;
    });
    expect(promised).toBe(3_600_000);

    // Over the API: by a manager who saw what it replaces, and by nobody else.
    const body = {
      policy: withHigh(before, 30),
      basedOn: version,
      inForceFrom: soon(),
      reason: "Half an hour",
    };
    await expect(agent.policy.apply(body)).rejects.toMatchObject({ code: "not-there" });
    await expect(manager.policy.apply(body)).rejects.toMatchObject({
      code: "rules-outdated",
      problem: { currentVersion: version + 1 },
    });
    const seen = { ...body, basedOn: version + 1, inForceFrom: soon() };
    expect(await manager.policy.apply(seen)).toMatchObject({ version: version + 2 });
    expect((await agent.policy.versions()).versions[0]).toMatchObject({ version: version + 2, reason: "Half an hour" });
    await inForce(version + 2);

    // Back, and the clock that runs goes along: its promise is by the rules that are in force again.
    await ops.run("policy", "revert", String(version + 1), "--move-unfinished");
    await inForce(version + 3);
    expect((await show()).targets).toEqual(withHigh(before, 60).targets);
    await eventually("a clock by the new version", async () => {
      const { rule } = await agent.cases.explain(number, "first-response");
      return rule.policyVersion === version + 3 ? true : undefined;
    });
  });
});

describe("when a manager edits the policy signed in, without credentials of the cloud", () => {
  test("they see, compare, apply and take back by the API, in their own name; an agent only sees", {
    timeout: EDIT_TIMEOUT_MS,
  }, async () => {
    const [mine, anas] = await Promise.all([signedInCommand(desk, MAX), signedInCommand(desk, ANA)]);
    const before: Rules = JSON.parse(await mine.run("policy", "show"));
    const edited = fileOf("signed-in.json", { policy: withHigh(before, 45), calendars: [] });
    expect((await mine.tryTo("policy", "diff", edited)).output).toMatch(/^target high-response \(.*\): .* → 45 min/);

    const apply = ["policy", "apply", edited, "--reason", "Three quarters of an hour"];
    const refused = await anas.tryTo(...apply);
    expect(refused.errors).toContain("Managers put rules in force");
    expect(await mine.run(...apply)).toMatch(new RegExp(`^policy ${before.version + 1}, in force from `));
    await inForce(before.version + 1);
    expect(await anas.run("policy", "diff", edited)).toBe("");
    const history = await anas.run("policy", "history");
    expect(history).toMatch(new RegExp(`^policy ${before.version + 1}\\t.*\\tprin_.*\\tThree quarters of an hour`));

    await mine.run("policy", "revert", String(before.version));
    await inForce(before.version + 2);
    expect((await show()).targets).toEqual(before.targets);
  });
});
