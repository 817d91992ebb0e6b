import type { Cli } from "./cli.ts";
import type { DataDir } from "./data-dir.ts";
import { type DemoDirectory, type DemoUser, writeDemoDirectory } from "./demo-directory.ts";
import { createDemoUsers } from "./demo-users.ts";
import { goLive, restoreData, TRANSFER_TIMEOUT_SECONDS } from "./kept-data.ts";
import type { StackOutputs } from "./stack-outputs.ts";
import type { Steps } from "./steps.ts";

/** A deployed desk that knows nobody yet. */
export interface EmptyDesk {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly outputs: StackOutputs;
  readonly cli: Cli;
  readonly dataDir: DataDir;
}

/** Makes a deployed desk one that can be used: its people and its data, then open for business. Gives back its users. */
export async function furnishDesk(
  steps: Steps,
  desk: EmptyDesk,
  importFrom: string | undefined,
): Promise<readonly DemoUser[]> {
  const { cli } = desk;
  const directory = writeDemoDirectory(desk.outputs, desk.dataDir);

  await steps.run("creating the demo users", 60, () =>
    createDemoUsers(desk.endpoint, desk.userPoolId, directory.users),
  );
  if (importFrom !== undefined) {
    await steps.run("importing the data of the last start", TRANSFER_TIMEOUT_SECONDS + 10, (say) =>
      restoreData(cli, importFrom, say),
    );
  }
  // After the data: a new deployment's users have new subjects, which must be bound to the people who were there before.
  await steps.run("importing the directory", TRANSFER_TIMEOUT_SECONDS + 10, () => importDirectory(cli, directory));
  await steps.run("opening for business", TRANSFER_TIMEOUT_SECONDS + 10, () => goLive(cli));
  return directory.users;
}

async function importDirectory(cli: Cli, { file }: DemoDirectory): Promise<void> {
  await cli.run(["import-directory", file], TRANSFER_TIMEOUT_SECONDS);
}
