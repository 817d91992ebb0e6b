import type { Command } from "commander";
import { Failure } from "../../failure.ts";
import { globalsOf } from "../../globals.ts";
import { show } from "../../output/json.ts";
import { printableLine } from "../../output/printable.ts";
import type { World } from "../../world.ts";
import { type StackOption, withStack } from "../stack-option.ts";
import type { Finding, Verdict } from "./examine.ts";

const MARKS: Readonly<Record<Verdict, string>> = { good: "ok", look: "look", bad: "BAD" };

/** Adds `ithaca doctor`. */
export function addDoctorCommand(program: Command, world: World): void {
  withStack(
    program.command("doctor").description("check a deployment and its account: mail, quotas, alarms, clocks"),
    world,
  )
    .addHelpText(
      "after",
      `
"look" tells what somebody should know, "BAD" what breaks a promise; with a BAD it exits with 1. What to do about each is
in docs/operations.md.
Examples:
  ithaca doctor --stack Ithaca
  ithaca doctor --json=check,verdict`,
    )
    .action(async ({ stack }: StackOption, command: Command) => {
      const { examine, patient } = await admit(world, stack);
      const { json } = globalsOf(command, world.env);
      const findings: Finding[] = [];
      for await (const finding of examine(patient)) {
        findings.push(finding);
        if (json === undefined) world.out.write(`${line(finding)}\n`);
      }
      show(world, json, findings, () => undefined);
      const bad = findings.filter(({ verdict }) => verdict === "bad").length;
      if (bad > 0) throw new Failure(`${bad} of ${findings.length} are bad.`);
    });
}

/** What talks to AWS takes a while to load: the commands of agents do not wait for it. */
async function admit(world: World, stack: string) {
  const [{ openDesk }, { examine }, { awsAccount }, { sqsQueues }, { queuesOf }] = await Promise.all([
    import("../open-desk.ts"),
    import("./examine.ts"),
    import("./aws-account.ts"),
    import("../dead-letters/sqs-queues.ts"),
    import("../dead-letters/dead-letters.ts"),
  ]);
  const { outputs, store, now } = await openDesk(world, stack);
  const account = awsAccount(stack, outputs, world);
  const patient = { account, store, queues: sqsQueues(), pairs: queuesOf(outputs), mailFrom: outputs.MailFrom, now };
  return { examine, patient };
}

function line({ check, verdict, says }: Finding): string {
  return `${MARKS[verdict]}\t${check}\t${printableLine(says)}`;
}
