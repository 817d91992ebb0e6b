import type { Command } from "commander";
import { globalsOf } from "../globals.ts";
import type { World } from "../world.ts";
import { connectToDesk } from "./connect-to-desk.ts";
import { type LogInOptions, logIn, logOut } from "./log-in.ts";
import { whoAmI } from "./who-am-i.ts";

/** Adds `ithaca login`, `logout` and `whoami`. */
export function addSignInCommands(program: Command, world: World): void {
  program
    .command("login")
    .description("sign in to a desk, by name and password")
    .option("--username <name>", "asked for when you leave it out")
    .option("--password-stdin", "read the password from standard input")
    .option("--client-id <id>", "the app client of people (stack output UserPoolClientId)")
    .option("--region <region>", "where the user pool is")
    .option("--cognito-endpoint <url>", "where sign-in is, when it is not AWS")
    .option("--stack <name>", "read address and client from this stack's outputs (needs AWS credentials)")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca login --stack Ithaca\n  ithaca login --api https://desk.example --client-id 4f0abc --username ana@desk.example\n  ithaca login --username ana@desk.example --password-stdin < password.txt\n\nThe sign-in is kept in $XDG_CONFIG_HOME/ithaca/config.json, readable by you alone.",
    )
    .action(async (options: LogInOptions, command: Command) => {
      await logIn(world, globalsOf(command, world.env), options);
    });

  program
    .command("logout")
    .description("forget the sign-in")
    .action((_: object, command: Command) => logOut(world, globalsOf(command, world.env)));

  program
    .command("whoami")
    .description("say who is signed in")
    .addHelpText("after", "\nExamples:\n  ithaca whoami\n  ithaca whoami --json=id,role")
    .action(async (_: object, command: Command) => {
      const globals = globalsOf(command, world.env);
      await whoAmI(world, connectToDesk(world, globals), globals.json);
    });
}
