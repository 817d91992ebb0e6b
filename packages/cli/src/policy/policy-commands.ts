import { type Policy, toIso } from "@ithaca/domain";
import type { Command } from "commander";
import { globalsOf } from "../globals.ts";
import { type StackOption, withStack } from "../ops/stack-option.ts";
import { changeColumns } from "../output/change-columns.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { writeTable } from "../output/table.ts";
import type { World } from "../world.ts";
import { addPolicyApplying } from "./applying-commands.ts";
import { deskOf, rulesOf, signedInDesk } from "./desk-rules.ts";
import { addPolicyDiff } from "./diff-policy.ts";
import { addPolicyLint } from "./lint-policy.ts";
import { addPolicyPreview } from "./preview-policy.ts";
import { addPolicyTest } from "./test-policy.ts";
import { versionNumber } from "./version-number.ts";

/** Adds `ithaca policy …`. */
export function addPolicyCommands(program: Command, world: World): void {
  const policy = program.command("policy").description("the rules of the desk: see them, apply new ones");

  withStack(policy.command("show").description("print a version of the policy, to edit and apply"), world)
    .option("--version <number>", "which; the one in force when you leave it out", versionNumber)
    .option("--yaml", "as YAML instead of JSON")
    .addHelpText("after", "\nExamples:\n  ithaca policy show --yaml > policy.yaml\n  ithaca policy show --version 1")
    .action(async (options: StackOption & { version?: number; yaml?: boolean }, command: Command) => {
      const { stack, version, yaml } = options;
      const [rules, { needPolicy }, { policyVersionAt }, { shippedRules }] = await Promise.all([
        rulesOf(world, command, stack),
        import("./rules-in-force.ts"),
        import("@ithaca/store"),
        import("@ithaca/policy"),
      ]);
      const wanted = version ?? policyVersionAt(await rules.timeline(), shippedRules, world.now());
      const found = await needPolicy(rules, wanted);
      const text =
        yaml === true
          ? await policyAsYaml(found, await apiUrlOf(world, command, stack))
          : `${JSON.stringify(found, null, 2)}\n`;
      world.out.write(text);
    });

  withStack(policy.command("history").description("who made which version of the rules, when and why"), world)
    .addHelpText("after", "\nExample:\n  ithaca policy history")
    .action(async ({ stack }: StackOption, command: Command) => {
      const globals = globalsOf(command, world.env);
      const rules = await rulesOf(world, command, stack);
      const history = (await rules.history()).map((change) => ({
        what: "policy" in change ? `policy ${change.policy}` : `calendar ${change.calendar} ${change.version}`,
        inForceFrom: toIso(change.inForceFrom),
        at: toIso(change.at),
        by: change.by,
        reason: change.reason,
      }));
      const moments = momentsIn(globals.zone ?? world.zone);
      show(world, globals.json, history, () =>
        writeTable(world.out, [{ head: "WHAT", cell: ({ what }) => what }, ...changeColumns(moments)], history),
      );
    });

  addPolicyApplying(policy, world);
  addPolicyLint(policy, world);
  addPolicyTest(policy, world);
  addPolicyDiff(policy, world);
  addPolicyPreview(policy, world);
}

/** Where the desk's API is; undefined when its stack does not say. */
async function apiUrlOf(world: World, command: Command, stack: string): Promise<string | undefined> {
  const known = signedInDesk(world, command)?.options.baseUrl ?? world.env.ITHACA_API;
  return known ?? (await deskOf(world, stack)).outputs.ApiUrl;
}

/** A policy as the YAML that `apply` takes back unchanged, for editors that ask the desk what can stand in it. */
async function policyAsYaml(found: Policy, apiUrl: string | undefined): Promise<string> {
  const { policyYaml } = await import("./policy-yaml.ts");
  return policyYaml(found, apiUrl === undefined ? undefined : `${apiUrl.replace(/\/$/, "")}/policy.schema.json`);
}
