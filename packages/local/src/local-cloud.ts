import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DataDir } from "./data-dir.ts";
import { LOOPBACK } from "./free-port.ts";
import { endOfLog } from "./log-end.ts";
import type { Processes, RunningChild } from "./processes.ts";
import { cleanEnvironment, LOCAL_ACCOUNT, LOCAL_REGION, PROJECT_ROOT } from "./project.ts";
import { answers, waitUntil } from "./wait-until.ts";

/** The emulated AWS of one desk. */
export interface LocalCloud {
  /** What AWS_ENDPOINT_URL is to be. */
  readonly endpoint: string;
  readonly logFile: string;
  readonly process: RunningChild;
}

/** Where the local cloud listens, and where it sends the mail that SES is given. */
export interface LocalCloudPlan {
  readonly port: number;
  readonly smtpPort: number;
  readonly dataDir: DataDir;
}

const PYTHON = join(PROJECT_ROOT, ".venv", "bin", "python");
const START_TIMEOUT_SECONDS = 60;

/**
 * The emulator reads LOG_LEVEL as it is loaded, and its functions inherit its environment: a function's logger, which
 * knows the same name, must not take the emulator's level for its own. What has been held for a while is
 * a desk's data and stays, so that looking through all of it for garbage, as Python does by itself, costs a tenth of the
 * time, most of it at the worst moments, and finds next to nothing: only what is young is looked through.
 */
const LAUNCHER = [
  "import gc, os",
  "from ministack.app import main",
  "os.environ.pop('LOG_LEVEL', None)",
  "gc.freeze()",
  "gc.set_threshold(10_000, 10, 1_000_000)",
  "main()",
].join("; ");

/** Starts the AWS emulator and waits until it is healthy. Throws with the end of its log when it does not come up. */
export async function startLocalCloud(
  processes: Processes,
  { port, smtpPort, dataDir }: LocalCloudPlan,
): Promise<LocalCloud> {
  if (!existsSync(PYTHON)) throw new Error(".venv is missing: start with npm start, which installs it");

  const logFile = join(dataDir.logs, "local-cloud.log");
  const child = processes.start(
    {
      name: "local-cloud",
      program: PYTHON,
      args: ["-c", LAUNCHER],
      cwd: dataDir.scratch,
      env: {
        ...cleanEnvironment(dataDir.home),
        TMPDIR: dataDir.scratch,
        STATE_DIR: join(dataDir.scratch, "state"),
        S3_DATA_DIR: join(dataDir.scratch, "s3"),
        BIND_HOST: LOOPBACK,
        GATEWAY_PORT: String(port),
        SMTP_HOST: `${LOOPBACK}:${smtpPort}`,
        MINISTACK_REGION: LOCAL_REGION,
        MINISTACK_ACCOUNT_ID: LOCAL_ACCOUNT,
        LOG_LEVEL: "WARNING",
        // It would listen on every address of the machine, and nothing here speaks to it.
        IOT_MTLS_ENABLED: "0",
        PYTHONUNBUFFERED: "1",
        // The functions of a deployed desk all run at once after a burst; a pool that is too small starves the gateway.
        MINISTACK_WORKER_THREADS: "128",
      },
    },
    logFile,
  );

  const endpoint = `http://${LOOPBACK}:${port}`;
  await waitUntil("the local cloud's health", START_TIMEOUT_SECONDS, async () => {
    if (!child.isRunning()) throw new Error(`the local cloud ended at once:\n${endOfLog(logFile)}`);
    return answers(`${endpoint}/_ministack/health`);
  });
  return { endpoint, logFile, process: child };
}
