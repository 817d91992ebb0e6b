import {
  BOOTSTRAP_TIMEOUT_SECONDS,
  type Cdk,
  type CdkApp,
  createCdk,
  DEPLOY_TIMEOUT_SECONDS,
  SYNTH_TIMEOUT_SECONDS,
} from "./cdk.ts";
import type { DataDir } from "./data-dir.ts";
import { type DeskOutputs, pickDeskOutputs } from "./desk-outputs.ts";
import { type LocalCloud, startLocalCloud } from "./local-cloud.ts";
import { type MailInbox, startMailInbox } from "./mail-inbox.ts";
import { choosePorts } from "./ports.ts";
import type { Processes } from "./processes.ts";
import { readStackOutputs, type StackOutputs } from "./stack-outputs.ts";
import type { Steps } from "./steps.ts";

/** A local cloud and its inbox, with an app deployed on it. */
export interface DeployedCloud {
  readonly cloud: LocalCloud;
  readonly inbox: MailInbox;
  /** Every output of the stacks, by name. */
  readonly outputs: StackOutputs;
  /** Those that a desk cannot do without. */
  readonly stack: DeskOutputs;
}

/** With what, where and what is deployed. */
export interface DeploymentPlan {
  readonly steps: Steps;
  readonly processes: Processes;
  readonly dataDir: DataDir;
  readonly app: CdkApp;
  /** The local cloud's port; any free one when it is left out. */
  readonly port: number | undefined;
}

/** Between the limit of a command, which has more to tell, and the limit of the step that it is in. */
const MARGIN_SECONDS = 15;

/** Starts the local cloud and the inbox, and deploys an app; its templates are made meanwhile. */
export async function deployCloud(plan: DeploymentPlan): Promise<DeployedCloud> {
  const { steps, processes, dataDir, app } = plan;
  const cdk = createCdk(processes, dataDir);
  const [templates, { cloud, inbox }] = await Promise.all([
    steps.run("making the templates (cdk synth)", SYNTH_TIMEOUT_SECONDS + MARGIN_SECONDS, () => cdk.synthesise(app)),
    startParts(plan, cdk),
  ]);
  await steps.run("deploying (cdk deploy)", DEPLOY_TIMEOUT_SECONDS + MARGIN_SECONDS, (say) =>
    cdk.deploy(cloud, templates, say),
  );
  return await steps.run("reading the stacks' outputs", 30, async () => {
    const outputs = await readStackOutputs(cloud.endpoint);
    return { cloud, inbox, outputs, stack: pickDeskOutputs(outputs) };
  });
}

async function startParts(
  { steps, processes, dataDir, port }: DeploymentPlan,
  cdk: Cdk,
): Promise<Pick<DeployedCloud, "cloud" | "inbox">> {
  const ports = await steps.run("choosing ports", 10, () => choosePorts(port));
  const cloud = await steps.run(`starting the local cloud on port ${ports.cloud}`, 90, () =>
    startLocalCloud(processes, { port: ports.cloud, smtpPort: ports.smtp, dataDir }),
  );
  const inbox = await steps.run(`starting the inbox on port ${ports.inbox}`, 60, () =>
    startMailInbox(processes, { smtpPort: ports.smtp, webPort: ports.inbox, dataDir }),
  );
  await steps.run("preparing the account (cdk bootstrap)", BOOTSTRAP_TIMEOUT_SECONDS + MARGIN_SECONDS, () =>
    cdk.bootstrap(cloud),
  );
  return { cloud, inbox };
}
