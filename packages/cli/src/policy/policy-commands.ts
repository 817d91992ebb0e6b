import { userInfo } from "node:os";
import { type Instant, Instant as InstantSchema, instant, type Policy, plus, SECOND_MS, toIso } from "@ithaca/domain";
import type { Command } from "commander";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { type StackOption, withStack } from "../ops/stack-option.ts";
import { changeColumns } from "../output/change-columns.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { writeTable } from "../output/table.ts";
import type { World } from "../world.ts";
import { deskOf, rulesOf } from "./desk-rules.ts";
import { addPolicyDiff } from "./diff-policy.ts";
import { addPolicyLint } from "./lint-policy.ts";
import { addPolicyPreview } from "./preview-policy.ts";
import { addPolicyTest } from "./test-policy.ts";

/** Adds `ithaca policy …`. */
export function addPolicyCommands(program: Command, world: World): void {
  const policy = program.command("policy").description("the rules of the desk: see them, apply new ones");

  withStack(policy.command("show").description("print a version of the policy, to edit and apply"), world)
    .option("--version <number>", "which; the one in force when you leave it out", Number)
    .option("--yaml", "as YAML instead of JSON")
    .addHelpText("after", "\nExamples:\n  ithaca policy show --yaml > policy.yaml\n  ithaca policy show --version 1")
    .action(async ({ stack, version, yaml }: StackOption & { version?: number; yaml?: boolean }) => {
      const [{ store, outputs }, { policyOf, versionInForce }] = await Promise.all([
        deskOf(world, stack),
        import("./rules-in-force.ts"),
      ]);
      const { rules } = store;
      const wanted = version ?? versionInForce((await rules.timeline()).policy, world.now());
      const found = await policyOf(rules, wanted);
      const text = yaml === true ? await policyAsYaml(found, outputs.ApiUrl) : `${JSON.stringify(found, null, 2)}\n`;
      world.out.write(text);
    });

  withStack(policy.command("history").description("who made which version of the rules, when and why"), world)
    .addHelpText("after", "\nExample:\n  ithaca policy history")
    .action(async ({ stack }: StackOption, command: Command) => {
      const globals = globalsOf(command, world.env);
      const rules = await rulesOf(world, stack);
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

  addApply(policy, world);
  addPolicyLint(policy, world);
  addPolicyTest(policy, world);
  addPolicyDiff(policy, world);
  addPolicyPreview(policy, world);
}

interface ApplyOptions extends StackOption {
  readonly moveUnfinished?: boolean;
  readonly from?: string;
  readonly in?: string;
  readonly reason: string;
  readonly by?: string;
}

function addApply(policy: Command, world: World): void {
  withStack(
    policy.command("apply <file>").description("put a new version of the policy in force from an instant on"),
    world,
  )
    .option(
      "--from <instant>",
      "from when, such as 2026-03-01T09:00:00Z; as soon as every function can know it when you leave it out",
    )
    .option("--in <seconds>", "from so many seconds from now")
    .option("--move-unfinished", "clocks that run then go over to it; what was counted stays counted")
    .requiredOption("--reason <text>", "why, for the history")
    .option("--by <name>", "who, for the history; the name of this machine's user when you leave it out")
    .addHelpText(
      "after",
      `
The file is a policy in YAML or JSON as "ithaca policy show" prints it, or { "policy": …, "calendars": […] } to bring new calendars
along. It is checked first: one with a hole is refused, and every fault is named. The version in it does not count. One that would be in
force before every function can know it, two minutes ahead unless the stack was deployed otherwise, is refused.
Examples:
  ithaca policy apply policy.json --reason "High is promised within three hours"
  ithaca policy apply policy.json --from 2026-07-01T00:00:00Z --reason "New contract year"`,
    )
    .action(async (path: string, options: ApplyOptions, command: Command) => {
      const at = world.now();
      const chosen = findInstant(options, at);
      const [{ readRulesFile }, { applyPolicy }] = await Promise.all([
        import("./rules-file.ts"),
        import("./apply-policy.ts"),
      ]);
      const file = readRulesFile(path);
      const { store, rulesLeadMs } = await deskOf(world, options.stack);
      const inForceFrom = chosen ?? plus(at, rulesLeadMs);
      const by = options.by ?? userInfo().username;
      const { reason, moveUnfinished: movesUnfinished } = options;
      const applied = await applyPolicy(store.rules, path, file, { by, at, reason, inForceFrom, movesUnfinished });

      const receipt = { ...applied, inForceFrom: toIso(inForceFrom) };
      show(world, globalsOf(command, world.env).json, receipt, () => {
        const calendars = applied.calendars.map(({ id, version }) => `, calendar ${id} ${version}`).join("");
        world.out.write(`policy ${applied.policyVersion}${calendars}, in force from ${receipt.inForceFrom}\n`);
      });
    });
}

/** A policy as the YAML that `apply` takes back unchanged, for editors that ask the desk what can stand in it. */
async function policyAsYaml(found: Policy, apiUrl: string | undefined): Promise<string> {
  const { policyYaml } = await import("./policy-yaml.ts");
  return policyYaml(found, apiUrl === undefined ? undefined : `${apiUrl.replace(/\/$/, "")}/policy.schema.json`);
}

/** Undefined: as soon as every function can know it. */
function findInstant(options: ApplyOptions, now: Instant): Instant | undefined {
  if (options.from !== undefined && options.in !== undefined) {
    throw new Failure("From when? Give --from INSTANT or --in SECONDS, one of them.", EXIT.usage);
  }
  if (options.in !== undefined) {
    const seconds = Number(options.in);
    if (!(seconds >= 0)) throw new Failure(`${options.in} is no number of seconds.`, EXIT.usage);
    return plus(now, seconds * SECOND_MS);
  }
  if (options.from === undefined) return undefined;
  const read = z.safeDecode(InstantSchema, options.from);
  if (!read.success) throw new Failure(`${options.from} is no instant; write it as 2026-03-01T09:00:00Z.`, EXIT.usage);
  return instant(read.data);
}
