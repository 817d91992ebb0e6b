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
export const SYNTH_TIMEOUT_SECONDS = 120;
export const BOOTSTRAP_TIMEOUT_SECONDS = 120;
export const DEPLOY_TIMEOUT_SECONDS = 300;

type Say = (line: string) => void;

/** The CDK CLI, the same that deploys to AWS. Failures carry the end of what it and the local cloud said. */
export interface Cdk {
  /** Makes the templates of an app, which needs no cloud. Gives back their folder. */
  synthesise(app: CdkApp): Promise<string>;
  /** Prepares the local cloud's account for CDK (the bucket and roles of its bootstrap stack). */
  bootstrap(cloud: LocalCloud): Promise<void>;
  /** Deploys every stack of a folder of templates. */
  deploy(cloud: LocalCloud, templates: string, say: Say): Promise<void>;
}

/** One run of the CLI. */
interface CdkRun {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly timeoutSeconds: number;
  /** None for what needs no cloud. */
  readonly cloud?: LocalCloud;
  readonly say?: Say;
}

/** The CDK CLI with its home and its output in a data folder. */
export function createCdk(processes: Processes, dataDir: DataDir): Cdk {
  const logFile = join(dataDir.logs, "deploy.log");

  async function run({ args, cwd, timeoutSeconds, cloud, say }: CdkRun): Promise<void> {
    const command = `cdk ${args[0]}`;
    const env = {
      ...cleanEnvironment(dataDir.home),
      ...(cloud && localCloudEnvironment(cloud.endpoint)),
      TMPDIR: dataDir.scratch,
      CDK_HOME: dataDir.home,
      CDK_DISABLE_CLI_TELEMETRY: "true",
      // It reads the schema of every type of resource, for seconds; a test asks it of these same templates.
      CDK_VALIDATION: "false",
      NO_COLOR: "1",
    };
    const plan = {
      name: command,
      program: tool("node"),
      args: [tool("cdk"), ...args, "--no-notices", "--ci"],
      cwd,
      env,
    };
    const onLine = (line: string): void => {
      appendFileSync(logFile, `${line}\n`);
      if (TELLING.test(line)) say?.(line.trim());
    };
    const ending = await processes.run(plan, { timeoutSeconds, onLine });
    if (ending.timedOut)
      throw new Error(explain(`${command} took longer than ${timeoutSeconds} s`, ending.output, cloud));
    if (ending.code !== 0) throw new Error(explain(`${command} failed`, ending.output, cloud));
  }

  return {
    async synthesise({ folder, context }) {
      const templates = join(dataDir.scratch, "cdk.out");
      const values = Object.entries(context).flatMap(([name, value]) => ["--context", `${name}=${value}`]);
      const args = ["synth", "--quiet", "--output", templates, ...values];
      await run({ args, cwd: folder, timeoutSeconds: SYNTH_TIMEOUT_SECONDS });
      return templates;
    },

    // From a folder without a cdk.json, so that the app is not synthesised for it.
    bootstrap: (cloud) =>
      run({
        args: ["bootstrap", `aws://${LOCAL_ACCOUNT}/${LOCAL_REGION}`],
        cwd: dataDir.scratch,
        timeoutSeconds: BOOTSTRAP_TIMEOUT_SECONDS,
        cloud,
      }),

    deploy: (cloud, templates, say) =>
      run({
        args: ["deploy", "--all", "--app", templates, "--require-approval", "never", "--concurrency", "2"],
        cwd: dataDir.scratch,
        timeoutSeconds: DEPLOY_TIMEOUT_SECONDS,
        cloud,
        say,
      }),
  };
}

/** The lines of the CLI that tell of a stack that is done or failed. */
const TELLING = /^\s*(✅|❌)/u;

function explain(what: string, output: string, cloud: LocalCloud | undefined): string {
  const log = cloud ? endOfLog(cloud.logFile) : "";
  return `${what}:\n${lastLines(output)}${log && `\n--- the local cloud said ---\n${log}`}`;
}
