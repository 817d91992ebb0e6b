import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { DataDir } from "./data-dir.ts";
import type { LocalCloud } from "./local-cloud.ts";
import { endOfLog, lastLines } from "./log-end.ts";
import type { Processes } from "./processes.ts";
import { cleanEnvironment, LOCAL_ACCOUNT, LOCAL_REGION, localCloudEnvironment, tool } from "./project.ts";

/** The CDK app that is deployed, as cdk.json in a folder names it, and the context values it is given. */
export interface CdkApp {
  readonly folder: string;
  readonly context: Readonly<Record<string, string>>;
}

/** Time limits: a custom resource that fails here can hang a deployment for an hour. */
export const BOOTSTRAP_TIMEOUT_SECONDS = 120;
export const DEPLOY_TIMEOUT_SECONDS = 300;

/** Talks to the local cloud by the CDK CLI that also deploys to AWS. */
export interface Deployer {
  /** Prepares the local cloud's account for CDK (the bucket and roles of its bootstrap stack). */
  bootstrap(say: (line: string) => void): Promise<void>;
  /** Deploys every stack of the app. */
  deploy(app: CdkApp, say: (line: string) => void): Promise<void>;
}

/** A deployer for one local cloud. Its failures carry the end of what the CLI and the local cloud said. */
export function createDeployer(processes: Processes, cloud: LocalCloud, dataDir: DataDir): Deployer {
  const logFile = join(dataDir.logs, "deploy.log");

  async function cdk(
    args: readonly string[],
    cwd: string,
    timeoutSeconds: number,
    say: (line: string) => void,
  ): Promise<void> {
    const ending = await processes.run(
      {
        name: `cdk ${args[0]}`,
        program: tool("node"),
        args: [tool("cdk"), ...args, "--no-notices", "--ci"],
        cwd,
        env: {
          ...cleanEnvironment(dataDir.home),
          ...localCloudEnvironment(cloud.endpoint),
          TMPDIR: dataDir.scratch,
          CDK_HOME: dataDir.home,
          CDK_DISABLE_CLI_TELEMETRY: "true",
          NO_COLOR: "1",
        },
      },
      {
        timeoutSeconds,
        onLine: (line) => {
          appendFileSync(logFile, `${line}\n`);
          const stage = stageOf(line);
          if (stage) say(stage);
        },
      },
    );
    if (ending.timedOut)
      throw new Error(explain(`cdk ${args[0]} took longer than ${timeoutSeconds} s`, ending.output, cloud));
    if (ending.code !== 0) throw new Error(explain(`cdk ${args[0]} failed`, ending.output, cloud));
  }

  return {
    // From a folder without a cdk.json, so that the app is not synthesised for it.
    bootstrap: (say) =>
      cdk(["bootstrap", `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`], dataDir.scratch, BOOTSTRAP_TIMEOUT_SECONDS, say),

    deploy: ({ folder, context }, say) => {
      const values = Object.entries(context).flatMap(([name, value]) => ["--context", `${name}=${value}`]);
      const output = ["--output", join(dataDir.scratch, "cdk.out")];
      const args = ["deploy", "--all", "--require-approval", "never", "--concurrency", "2", ...output, ...values];
      return cdk(args, folder, DEPLOY_TIMEOUT_SECONDS, say);
    },
  };
}

/** The lines of the CDK CLI that tell how far it is: a stack that is done or failed, and how long each part took. */
function stageOf(line: string): string | undefined {
  return /^\s*(✅|❌|✨)/u.test(line) ? line.trim() : undefined;
}

function explain(what: string, output: string, cloud: LocalCloud): string {
  const log = endOfLog(cloud.logFile);
  return `${what}:\n${lastLines(output)}${log && `\n--- the local cloud said ---\n${log}`}`;
}
