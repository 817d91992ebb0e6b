import { toIso } from "@ithaca/domain";
import type { Command } from "commander";
import { readInstant } from "../calendar/calendar-time.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import type { World } from "../world.ts";
import { type ChangeOptions, change, changing } from "./case-command.ts";

/** Adds the commands that say whose a case is and whether it waits. */
export function addHandlingCommands(cases: Command, world: World): void {
  changing(cases.command("assign <number> <agent>").description("give a case to an agent by id, to me or to nobody"))
    .addHelpText("after", "\nExamples:\n  ithaca case assign 148203917 prin_mia\n  ithaca case assign 148203917 nobody")
    .action(async (number: string, agent: string, _: ChangeOptions, command: Command) => {
      await change(world, command, number, {
        done: `given to ${agent}`,
        make: ({ cases: { assign } }, which, terms) => assign(which, agent, terms),
      });
    });

  changing(cases.command("team <number> <team>").description("give a case to another team"))
    .option("--reason <text>", "why, for whoever reads the case later")
    .addHelpText("after", '\nExample:\n  ithaca case team 148203917 au --reason "They are in Sydney."')
    .action(async (number: string, team: string, { reason }: ChangeOptions & { reason?: string }, command: Command) => {
      await change(world, command, number, {
        done: `given to team ${team}`,
        make: ({ cases: { changeTeam } }, which, terms) =>
          changeTeam(which, { team, ...(reason !== undefined && { reason }) }, terms),
      });
    });

  changing(cases.command("wait <number>").description("let a case wait: for the customer, for a fix, until an instant"))
    .option("--for <whom>", "customer or fix")
    .option("--until <instant>", "when it goes on by itself: 2026-03-02T09:00 in your zone, or with an offset")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca case wait 148203917 --for customer\n  ithaca case wait 148203917 --until 2026-03-02T09:00",
    )
    .action(async (number: string, options: WaitOptions, command: Command) => {
      const body = await waitOf(options, (until) => instantIn(world, command, until));
      await change(world, command, number, {
        done: "waits",
        make: ({ cases: { changeStatus } }, which, terms) => changeStatus(which, body, terms),
      });
    });

  changing(cases.command("status <number> <status>").description("move a case to a status, of the desk's own too"))
    .option(
      "--until <instant>",
      "with one that waits until an instant: 2026-03-02T09:00 in your zone, or with an offset",
    )
    .addHelpText(
      "after",
      "\nThe policy lists the desk's own statuses (ithaca policy show). One that resolves a case goes with resolve.\nExamples:\n  ithaca case status 148203917 with-vendor\n  ithaca case status 148203917 open",
    )
    .action(async (number: string, status: string, { until }: ChangeOptions & { until?: string }, command: Command) => {
      const body = { status, ...(until !== undefined && { until: await instantIn(world, command, until) }) };
      await change(world, command, number, {
        done: "moved",
        make: ({ cases: { changeStatus } }, which, terms) => changeStatus(which, body, terms),
      });
    });

  changing(cases.command("reopen <number>").description("open a case again that waits or is resolved"))
    .addHelpText("after", "\nExample:\n  ithaca case reopen 148203917")
    .action(async (number: string, _: ChangeOptions, command: Command) => {
      await change(world, command, number, {
        done: "open again",
        make: ({ cases: { changeStatus } }, which, terms) => changeStatus(which, { status: "open" }, terms),
      });
    });

  changing(cases.command("collaborators <number> [agents...]").description("say who works on a case with its assignee"))
    .addHelpText(
      "after",
      "\nThe agents that you name are the list; without any it is empty.\nExample:\n  ithaca case collaborators 148203917 prin_mia prin_bo",
    )
    .action(async (number: string, agents: string[], _: ChangeOptions, command: Command) => {
      await change(world, command, number, {
        done: agents.length === 0 ? "has no collaborators" : `worked on with ${agents.join(", ")}`,
        make: ({ cases: { setCollaborators } }, which, terms) => setCollaborators(which, agents, terms),
      });
    });
}

interface WaitOptions extends ChangeOptions {
  readonly for?: string;
  readonly until?: string;
}

/** An instant as it is written on the command line, in the zone of whoever writes it. */
async function instantIn(world: World, command: Command, written: string): Promise<string> {
  const zone = globalsOf(command, world.env).zone ?? world.zone;
  return toIso(await readInstant(written, { zone: async () => zone, now: world.now() }));
}

async function waitOf({ for: whom, until }: WaitOptions, instantOf: (written: string) => Promise<string>) {
  if (whom !== undefined && until !== undefined) throw unclear();
  if (until !== undefined) return { status: "waiting-until" as const, until: await instantOf(until) };
  if (whom === "customer") return { status: "waiting-on-customer" as const };
  if (whom === "fix") return { status: "waiting-on-fix" as const };
  throw unclear();
}

function unclear(): Failure {
  return new Failure("Wait for what? Give --for customer, --for fix or --until INSTANT, one of them.", EXIT.usage);
}
