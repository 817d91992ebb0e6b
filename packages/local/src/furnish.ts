import type { Cli } from "./cli.ts";
import { DEMO_DIRECTORY } from "./demo-directory.ts";
import { goLive, restoreData, TRANSFER_TIMEOUT_SECONDS } from "./kept-data.ts";
import type { Steps } from "./steps.ts";

/** The variable of the command's environment that has the password of the users it makes. */
export const PASSWORD_VARIABLE = "ITHACA_DEMO_PASSWORD";

/** Between the limit of a command, which has more to tell, and the limit of the step that it is in. */
const MARGIN_SECONDS = 10;

/** Makes a deployed desk, which knows nobody, one that can be used: its data, if there is an export, and the demo's people. */
export async function furnishDesk(steps: Steps, cli: Cli, importFrom: string | undefined): Promise<void> {
  const limit = TRANSFER_TIMEOUT_SECONDS + MARGIN_SECONDS;
  if (importFrom !== undefined) {
    await steps.run("importing the data of the last start", limit, () =>
      restoreData(cli, importFrom, PASSWORD_VARIABLE),
    );
  }
  // After the data, in which most of them are already: what a newer demo has beyond that is added.
  await steps.run("importing the demo's accounts, people and users", limit, () => importDirectory(cli));
  if (importFrom !== undefined) await steps.run("going live again", limit, () => goLive(cli));
}

async function importDirectory(cli: Cli): Promise<void> {
  const how = ["--create-users", "--password-env", PASSWORD_VARIABLE];
  await cli.run(["import-directory", DEMO_DIRECTORY, ...how], TRANSFER_TIMEOUT_SECONDS);
}
