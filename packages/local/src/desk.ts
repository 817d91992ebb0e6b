import type { CdkApp } from "./cdk.ts";
import { type Cli, createCli } from "./cli.ts";
import { type DataDir, openDataDir } from "./data-dir.ts";
import { DEMO_PASSWORD, type DemoUser, readDemoUsers } from "./demo-directory.ts";
import { type DeployedCloud, deployCloud } from "./deployed-cloud.ts";
import { apiUrlOf, type DeskOutputs, tokenEndpointOf } from "./desk-outputs.ts";
import { writeEnvironmentFile } from "./environment-file.ts";
import { furnishDesk, PASSWORD_VARIABLE } from "./furnish.ts";
import { hasKeptData } from "./kept-data.ts";
import type { LocalCloud } from "./local-cloud.ts";
import type { MailInbox } from "./mail-inbox.ts";
import { createProcesses, type Processes } from "./processes.ts";
import { cleanEnvironment, localCloudEnvironment, PROJECT_ROOT } from "./project.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";
import type { StackOutputs } from "./stack-outputs.ts";
import { createSteps, type Steps } from "./steps.ts";

/** How a desk is started. */
export interface DeskOptions {
  /** Where its data, logs and mail are. */
  readonly dataDir: string;
  /** Forgets what an earlier desk left in the data folder. */
  readonly fresh: boolean;
  /** The local cloud's port; any free one when it is left out. */
  readonly port?: number;
  /** The folder of an export to begin with; when it is left out, the one that the data folder holds, if it does. */
  readonly importFrom?: string;
  /** Takes each line of progress. */
  readonly write: (line: string) => void;
}

/** A whole Ithaca, running on this machine. */
export interface Desk {
  /** AWS_ENDPOINT_URL of the local cloud. */
  readonly endpoint: string;
  /** The API's root: `/v1/…` follows. */
  readonly apiUrl: string;
  /** The OAuth 2.0 token endpoint for machines. */
  readonly tokenEndpoint: string;
  /** The inbox's web page; its API is below `/api/email`. */
  readonly inboxUrl: string;
  /** Every output of the deployed stacks, by name. */
  readonly outputs: StackOutputs;
  /** The outputs that a desk cannot do without. */
  readonly stack: DeskOutputs;
  readonly dataDir: DataDir;
  /** The environment in which a program finds this desk and nothing else of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** A file with as much of it as a person's shell needs for the `ithaca` command. */
  readonly environmentFile: string;
  /** Whether it began with the data of an earlier desk. */
  readonly restored: boolean;
  /** Who can sign in. */
  readonly users: readonly DemoUser[];
  readonly signIn: SignIn;
  /** The `ithaca` command on this desk. */
  readonly cli: Cli;
  /** The local cloud's own process, under which all functions run, and its log. */
  readonly cloud: Pick<LocalCloud, "process" | "logFile">;
  /** The inbox's own process. */
  readonly inbox: Pick<MailInbox, "process">;
  /** Ends everything that was started. Safe to call twice. */
  stop(): Promise<void>;
}

/** The app that ships, deployed without what the local cloud cannot do. */
const ITHACA_APP: CdkApp = { folder: PROJECT_ROOT, context: { local: "true" } };

/** The name of the stack that the `ithaca` command looks for. */
const STACK_NAME = "Ithaca";

/** Under which the `ithaca` command keeps a person's sign-in to the desk on this machine, apart from all others. */
const PROFILE_NAME = "local";

/**
 * Starts the local cloud and the inbox, deploys Ithaca on them, and furnishes it with the demo's people.
 * When a step fails, everything that was started is stopped and the StepFailed is thrown.
 */
export async function startDesk(options: DeskOptions): Promise<Desk> {
  const steps = createSteps(options.write);
  const processes = createProcesses();
  let dataDir: DataDir | undefined;

  const stop = async (): Promise<void> => {
    await processes.stopAll();
    dataDir?.release();
  };
  try {
    dataDir = await steps.run("opening the data folder", 10, async () => openDataDir(options.dataDir, options));
    const deployed = await deployCloud({ steps, processes, dataDir, app: ITHACA_APP, port: options.port });
    return await furnish(options, { ...deployed, steps, processes, dataDir, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a desk is made of once its app is deployed. */
interface Deployed extends DeployedCloud {
  readonly steps: Steps;
  readonly processes: Processes;
  readonly dataDir: DataDir;
  readonly stop: () => Promise<void>;
}

async function furnish(options: DeskOptions, deployed: Deployed): Promise<Desk> {
  const { cloud, inbox, outputs, stack, steps, processes, dataDir, stop } = deployed;
  const { endpoint } = cloud;
  const apiUrl = apiUrlOf(endpoint, stack.apiId);
  const tokenEndpoint = tokenEndpointOf(endpoint);
  const environment = {
    ...cleanEnvironment(dataDir.home),
    ...localCloudEnvironment(endpoint),
    TMPDIR: dataDir.scratch,
    ITHACA_STACK: STACK_NAME,
    ITHACA_API: apiUrl,
    ITHACA_PROFILE: PROFILE_NAME,
    [PASSWORD_VARIABLE]: DEMO_PASSWORD,
  };
  const cli = createCli(processes, environment);

  const importFrom = options.importFrom ?? (hasKeptData(dataDir) ? dataDir.exported : undefined);
  await furnishDesk(steps, cli, importFrom);
  return {
    endpoint,
    apiUrl,
    tokenEndpoint,
    inboxUrl: inbox.url,
    outputs,
    stack,
    dataDir,
    environment,
    environmentFile: writeEnvironmentFile(dataDir, environment),
    restored: importFrom !== undefined,
    users: readDemoUsers(),
    signIn: createSignIn({ endpoint, tokenEndpoint, ...stack }),
    cli,
    cloud,
    inbox,
    stop,
  };
}
