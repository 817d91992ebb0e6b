import { userInfo } from "node:os";
import { type Instant, Instant as InstantSchema, instant, plus, SECOND_MS, toIso } from "@ithaca/domain";
import type { AppliedRules } from "@ithaca/store";
import type { Command } from "commander";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { type StackOption, withStack } from "../ops/stack-option.ts";
import { show } from "../output/json.ts";
import type { DeskConnection } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import type { PolicyToApply } from "./apply-policy.ts";
import { deskOf, type ReadRules, signedInDesk } from "./desk-rules.ts";
import { versionNumber } from "./version-number.ts";

/** From when a new version is in force, and what the history says of it. */
interface ChangeOptions extends StackOption {
  readonly moveUnfinished?: boolean;
  readonly from?: string;
  readonly in?: string;
  readonly by?: string;
}

/** Adds `ithaca policy apply` and `ithaca policy revert`. */
export function addPolicyApplying(policy: Command, world: World): void {
  withChange(
    policy.command("apply <file>").description("put a new version of the policy in force from an instant on"),
    world,
  )
    .requiredOption("--reason <text>", "why, for the history")
    .option(
      "--base <version>",
      "the version that the file is based on, where it is not the one that stands in it",
      versionNumber,
    )
    .addHelpText(
      "after",
      `
The file is a policy in YAML or JSON as "ithaca policy show" prints it, or { "policy": …, "calendars": […] } to bring new calendars
along. It is checked first: one with a hole is refused, and every fault is named. So is one that is not based on the version
that will be in force then, for it would undo what was changed between: the version in the file is what it is based on. And
so is one that would be in force before every function can know it, two minutes ahead unless the stack was deployed otherwise.
Examples:
  ithaca policy apply policy.yaml --reason "High is promised within three hours"
  ithaca policy apply policy.yaml --from 2026-07-01T00:00:00Z --reason "New contract year"`,
    )
    .action(async (path: string, options: ChangeOptions & { reason: string; base?: number }, command: Command) => {
      const { readRulesFile } = await import("./rules-file.ts");
      const file = readRulesFile(path);
      const toApply = { path, file, basedOn: options.base ?? file.policy.version };
      await apply(world, command, options, async () => toApply);
    });

  withChange(
    policy
      .command("revert")
      .argument("<version>", "the version whose rules they are to be", versionNumber)
      .description("put the rules of an earlier version in force again, as a new one"),
    world,
  )
    .option("--reason <text>", 'why, for the history; "Back to version …" when you leave it out')
    .option("--base <version>", "the version that you saw in force: another one is not taken back", versionNumber)
    .addHelpText(
      "after",
      `
The version stays what it was: its rules become the next one. Calendars have versions of their own and stay as they are.
Examples:
  ithaca policy revert 3
  ithaca policy revert 3 --move-unfinished --reason "Three hours were too few"`,
    )
    .action(async (version: number, options: ChangeOptions & { reason?: string; base?: number }, command: Command) => {
      const reason = options.reason ?? `Back to version ${version}`;
      await apply(world, command, { ...options, reason }, async (rules, from) => {
        const [{ needPolicy }, { policyVersionAt }, { shippedRules }] = await Promise.all([
          import("./rules-in-force.ts"),
          import("@ithaca/store"),
          import("@ithaca/policy"),
        ]);
        const file = { policy: await needPolicy(rules, version), calendars: [] };
        const basedOn = options.base ?? policyVersionAt(await rules.timeline(), shippedRules, from);
        return { path: `version ${version}`, file, basedOn, isRevert: true };
      });
    });
}

function withChange(command: Command, world: World): Command {
  return withStack(command, world)
    .option(
      "--from <instant>",
      "from when, such as 2026-03-01T09:00:00Z; as soon as every function can know it when you leave it out",
    )
    .option("--in <seconds>", "from so many seconds from now")
    .option("--move-unfinished", "clocks that run then go over to it; what was counted stays counted")
    .option("--by <name>", "with a stack: who, for the history; the name of this machine's user when you leave it out");
}

async function apply(
  world: World,
  command: Command,
  options: ChangeOptions & { readonly reason: string },
  find: Applying["find"],
): Promise<void> {
  const at = world.now();
  const chosen = findInstant(options, at);
  const signedIn = signedInDesk(world, command);
  const applied =
    signedIn === undefined
      ? await applyToStack(world, options, { at, chosen, find })
      : await applyAsSelf(signedIn, options, { chosen, find });

  for (const version of applied.followedBy) {
    world.err.write(`ithaca: version ${version}, which comes into force later, was made without this change\n`);
  }
  tell(world, command, applied);
}

/** What is to be applied from when; `chosen` is undefined for as soon as every function can know it. */
interface Applying {
  readonly at: Instant;
  readonly chosen: Instant | undefined;
  readonly find: (rules: ReadRules, from: Instant) => Promise<PolicyToApply>;
}

async function applyToStack(
  world: World,
  options: ChangeOptions & { readonly reason: string },
  { at, chosen, find }: Applying,
): Promise<AppliedRules> {
  const { applyPolicy } = await import("./apply-policy.ts");
  const { rules } = (await deskOf(world, options.stack)).store;
  const inForceFrom = chosen ?? rules.soonest(at);
  const { reason, moveUnfinished: movesUnfinished, by = userInfo().username } = options;
  return applyPolicy(rules, await find(rules, inForceFrom), { by, at, reason, inForceFrom, movesUnfinished });
}

async function applyAsSelf(
  { client }: DeskConnection,
  options: ChangeOptions & { readonly reason: string },
  { chosen, find }: Omit<Applying, "at">,
): Promise<AppliedRules> {
  if (options.by !== undefined) {
    throw new Failure("--by goes with --stack: by the API it is whoever is signed in.", EXIT.usage);
  }
  const { applyByApi, rulesByApi, soonestByApi } = await import("./rules-by-api.ts");
  const toApply = await find(rulesByApi(client), chosen ?? (await soonestByApi(client)));
  const { reason, moveUnfinished: movesUnfinished } = options;
  return applyByApi(client, toApply, { reason, movesUnfinished, inForceFrom: chosen });
}

function tell(world: World, command: Command, { followedBy: _, ...applied }: AppliedRules): void {
  const receipt = { ...applied, inForceFrom: toIso(applied.inForceFrom) };
  show(world, globalsOf(command, world.env).json, receipt, () => {
    const calendars = applied.calendars.map(({ id, version }) => `, calendar ${id} ${version}`).join("");
    world.out.write(`policy ${applied.policyVersion}${calendars}, in force from ${receipt.inForceFrom}\n`);
  });
}

/** Undefined: as soon as every function can know it. */
function findInstant(options: ChangeOptions, now: Instant): Instant | undefined {
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
