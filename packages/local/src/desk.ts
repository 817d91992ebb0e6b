import { type Cli, createCli } from "./cli.ts";
import { type DataDir, openDataDir } from "./data-dir.ts";
import { BOOTSTRAP_TIMEOUT_SECONDS, type CdkApp, createDeployer, DEPLOY_TIMEOUT_SECONDS } from "./deploy.ts";
import { apiUrlOf, tokenEndpointOf } from "./desk-addresses.ts";
import { type LocalCloud, startLocalCloud } from "./local-cloud.ts";
import { type MailInbox, startMailInbox } from "./mail-inbox.ts";
import { choosePorts, type Ports } from "./ports.ts";
import { createProcesses, type Processes } from "./processes.ts";
import { cleanEnvironment, localCloudEnvironment, PROJECT_ROOT } from "./project.ts";
import { readStackOutputs, type StackOutputs } from "./stack-outputs.ts";
import { createSteps, type Steps } from "./steps.ts";

/** How a desk is started. */
export interface DeskOptions {
  /** Where its data, logs and mail are. */
  readonly dataDir: string;
  /** Forgets what an earlier desk left in the data folder. */
  readonly fresh: boolean;
  /** The local cloud's port; any free one when it is left out. */
  readonly port?: number;
  /** What is deployed; Ithaca itself when it is left out. */
  readonly app?: CdkApp;
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
  readonly dataDir: DataDir;
  /** The environment in which a program finds this desk and nothing else of AWS. */
  readonly environment: Readonly<Record<string, string>>;
  /** The `ithaca` command on this desk. */
  readonly cli: Cli;
  /** The process ids of the desk's own children, for measuring. */
  readonly processIds: readonly number[];
  /** Ends everything that was started. Safe to call twice. */
  stop(): Promise<void>;
}

/** The app that ships, deployed without what the local cloud cannot do. */
export const ITHACA_APP: CdkApp = { folder: PROJECT_ROOT, context: { local: "true" } };

/** The name of the stack that the `ithaca` command looks for. */
const STACK_NAME = "Ithaca";

/**
 * Starts the local cloud and the inbox, and deploys the app on them.
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
    const { ports, opened } = await steps.run("preparing", 10, async () => ({
      ports: await choosePorts(options.port),
      opened: openDataDir(options.dataDir, options),
    }));
    dataDir = opened;
    const parts = await startParts(steps, processes, ports, opened);
    return await deployDesk({ ...parts, steps, processes, dataDir: opened, app: options.app ?? ITHACA_APP, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(steps: Steps, processes: Processes, ports: Ports, dataDir: DataDir) {
  const cloud = await steps.run(`starting the local cloud on port ${ports.cloud}`, 90, () =>
    startLocalCloud(processes, { port: ports.cloud, smtpPort: ports.smtp, dataDir }),
  );
  const inbox = await steps.run(`starting the inbox on port ${ports.inbox}`, 60, () =>
    startMailInbox(processes, { smtpPort: ports.smtp, webPort: ports.inbox, dataDir }),
  );
  return { cloud, inbox };
}

interface Deployment {
  readonly cloud: LocalCloud;
  readonly inbox: MailInbox;
  readonly steps: Steps;
  readonly processes: Processes;
  readonly dataDir: DataDir;
  readonly app: CdkApp;
  readonly stop: () => Promise<void>;
}

async function deployDesk({ cloud, inbox, steps, processes, dataDir, app, stop }: Deployment): Promise<Desk> {
  const deployer = createDeployer(processes, cloud, dataDir);
  // The limit of the step comes after the limit of the command in it, which has more to tell.
  await steps.run("preparing the account (cdk bootstrap)", BOOTSTRAP_TIMEOUT_SECONDS + 15, deployer.bootstrap);
  await steps.run("deploying (cdk deploy)", DEPLOY_TIMEOUT_SECONDS + 15, (say) => deployer.deploy(app, say));
  const outputs = await steps.run("reading the stacks' outputs", 30, () => readStackOutputs(cloud.endpoint));

  const apiUrl = apiUrlOf(cloud.endpoint, outputs);
  const tokenEndpoint = tokenEndpointOf(cloud.endpoint);
  const environment = {
    ...cleanEnvironment(dataDir.home),
    ...localCloudEnvironment(cloud.endpoint),
    TMPDIR: dataDir.scratch,
    ITHACA_STACK: STACK_NAME,
    ITHACA_API_URL: apiUrl,
    ITHACA_TOKEN_ENDPOINT: tokenEndpoint,
  };
  return {
    endpoint: cloud.endpoint,
    apiUrl,
    tokenEndpoint,
    inboxUrl: inbox.url,
    outputs,
    dataDir,
    environment,
    cli: createCli(processes, environment),
    processIds: [cloud.process.pid],
    stop,
  };
}
