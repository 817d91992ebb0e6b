import type { Client } from "@ithaca/client";
import { type Command, Option } from "commander";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { printableLine } from "../output/printable.ts";
import { connectToDesk } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";

/** Adds the commands about who is who: accounts, people, agents and machines, over the API. */
export function addDirectoryCommands(program: Command, world: World): void {
  addAccountCommands(program.command("account").description("look at accounts and make them"), world);
  addPersonCommands(program.command("person").description("look at customers' people and make them"), world);
  addAgentCommands(program.command("agent").description("look at agents and appoint them"), world);
  addMachineCommands(program.command("machine").description("let machines bring messages in"), world);
}

function addAccountCommands(accounts: Command, world: World): void {
  accounts
    .command("view <id>")
    .description("show an account")
    .addHelpText("after", "\nExample:\n  ithaca account view acct_lakeside")
    .action((id: string, _: object, command: Command) => tell(world, command, (desk) => desk.account(id)));

  accounts
    .command("set <id>")
    .description("make an account, or say anew what it is; for leads")
    .requiredOption("--name <name>", "what it is called")
    .requiredOption("--package <package>", "what it has bought")
    .requiredOption("--team <team>", "who answers it")
    .requiredOption("--in-zone <zone>", "the IANA zone that it is in")
    .option("--language <language>", "what it reads, such as en", "en")
    .addHelpText(
      "after",
      '\nExample:\n  ithaca account set acct_quay --name "Quay Cranes" --package standard --team au --in-zone Australia/Sydney',
    )
    .action(async (id: string, options: AccountOptions, command: Command) => {
      const { inZone: zone, name, team, language } = options;
      const account = { name, package: options.package, team, zone, language };
      await tell(world, command, (desk) => desk.putAccount(id, account));
    });
}

function addPersonCommands(people: Command, world: World): void {
  people
    .command("view <who>")
    .description("show a person, by id or by address")
    .addHelpText("after", "\nExamples:\n  ithaca person view person_cleo\n  ithaca person view cleo@lakeside.example")
    .action((who: string, _: object, command: Command) =>
      tell(world, command, (desk) => (who.includes("@") ? desk.personOf(who) : desk.person(who))),
    );

  people
    .command("set <id>")
    .description("make a person, or say anew who they are; for leads")
    .option("--name <name>", "what they are called")
    .option("--address <address...>", "their mail addresses: all of them")
    .option("--account <id>", "whom they belong to")
    .option("--in-zone <zone>", "the IANA zone that they are in")
    .option("--language <language>", "what they read, such as en")
    .addHelpText(
      "after",
      "\nExample:\n  ithaca person set person_kim --name Kim --address kim@quay.example --account acct_quay",
    )
    .action(async (id: string, options: PersonOptions, command: Command) => {
      const { name, address = [], account: accountId, inZone: zone, language } = options;
      const person = {
        addresses: [...address],
        ...(name !== undefined && { name }),
        ...(accountId !== undefined && { accountId }),
        ...(zone !== undefined && { zone }),
        ...(language !== undefined && { language }),
      };
      await tell(world, command, (desk) => desk.putPerson(id, person));
    });
}

function addAgentCommands(agents: Command, world: World): void {
  agents
    .command("view <id>")
    .description("show an agent, a customer who signs in, or a machine")
    .addHelpText("after", "\nExample:\n  ithaca agent view prin_ana")
    .action((id: string, _: object, command: Command) => tell(world, command, (desk) => desk.principal(id)));

  agents
    .command("set <id>")
    .description("make somebody an agent, or say anew what they are; for managers")
    .requiredOption("--name <name>", "what they are called")
    .requiredOption("--address <address>", "where notices to them go")
    .addOption(new Option("--role <role>", "what they may do").choices(["agent", "lead", "manager"]).default("agent"))
    .option("--team <team...>", "the teams that they are in")
    .option("--subject <sub>", "the user's sub in the user pool: what they sign in by")
    .addHelpText(
      "after",
      "\nExample:\n  ithaca agent set prin_bo --name Bo --address bo@desk.example --role lead --team main --subject 5f2c…",
    )
    .action(async (id: string, options: AgentOptions, command: Command) => {
      const { name, address, role, team = [], subject } = options;
      const agent = { name, address, role, teams: [...team], ...(subject !== undefined && { subject }) };
      await tell(world, command, (desk) => desk.putAgent(id, agent));
    });
}

function addMachineCommands(machines: Command, world: World): void {
  machines
    .command("set <id>")
    .description("let a machine bring messages in, or say anew on which channels; for managers")
    .requiredOption("--name <name>", "what it is called")
    .requiredOption("--channel <channel...>", "the channels that it writes for")
    .option("--client-id <id>", "the app client that it signs in as")
    .addHelpText("after", "\nExample:\n  ithaca machine set prin_ivr --name IVR --channel phone --client-id 7k2…")
    .action(async (id: string, options: MachineOptions, command: Command) => {
      const { name, channel, clientId: subject } = options;
      const machine = { name, channels: [...channel], ...(subject !== undefined && { subject }) };
      await tell(world, command, (desk) => desk.putChannel(id, machine));
    });
}

interface AccountOptions {
  readonly name: string;
  readonly package: string;
  readonly team: string;
  readonly inZone: string;
  readonly language: string;
}

interface PersonOptions {
  readonly name?: string;
  readonly address?: readonly string[];
  readonly account?: string;
  readonly inZone?: string;
  readonly language?: string;
}

interface AgentOptions {
  readonly name: string;
  readonly address: string;
  readonly role: "agent" | "lead" | "manager";
  readonly team?: readonly string[];
  readonly subject?: string;
}

interface MachineOptions {
  readonly name: string;
  readonly channel: readonly string[];
  readonly clientId?: string;
}

/** Asks the directory and shows what it answers, a line for each field. */
async function tell(
  world: World,
  command: Command,
  ask: (directory: Client["directory"]) => Promise<object>,
): Promise<void> {
  const globals = globalsOf(command, world.env);
  const { client } = connectToDesk(world, globals);
  show(world, globals.json, await ask(client.directory), (answer) => {
    for (const [name, value] of Object.entries(answer)) {
      const shown = Array.isArray(value) ? value.join(", ") : String(value);
      world.out.write(
        world.out.isTerminal
          ? `${name.padEnd(FIELD_WIDTH)}${printableLine(shown)}\n`
          : `${name}\t${printableLine(shown)}\n`,
      );
    }
  });
}

const FIELD_WIDTH = 12;
