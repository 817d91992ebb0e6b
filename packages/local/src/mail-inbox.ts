import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import type { DataDir } from "./data-dir.ts";
import { LOOPBACK } from "./free-port.ts";
import { endOfLog } from "./log-end.ts";
import type { Processes, RunningChild } from "./processes.ts";
import { cleanEnvironment, tool } from "./project.ts";
import { answers, waitUntil } from "./wait-until.ts";

/** The inbox in which all mail of the desk ends, with a web page to read it. */
export interface MailInbox {
  readonly url: string;
  readonly process: RunningChild;
}

/** Where the inbox takes mail (SMTP) and where it shows it (web). */
export interface MailInboxPlan {
  readonly smtpPort: number;
  readonly webPort: number;
  readonly dataDir: DataDir;
}

/** The package's command. Journeys run where `import.meta` cannot resolve a package. */
const MAILDEV = join(dirname(findPackageJSON("maildev", import.meta.url) ?? ""), "dist", "bin", "maildev.js");
const START_TIMEOUT_SECONDS = 30;

/** What a trial fills in a day; the oldest make room. */
const MAX_EMAILS = 5_000;

/** Starts the inbox and waits until it answers. Throws with the end of its log when it does not come up. */
export async function startMailInbox(
  processes: Processes,
  { smtpPort, webPort, dataDir }: MailInboxPlan,
): Promise<MailInbox> {
  const logFile = join(dataDir.logs, "mail-inbox.log");
  const ports = ["--ip", LOOPBACK, "--smtp", String(smtpPort), "--web-ip", LOOPBACK, "--web", String(webPort)];
  const child = processes.start(
    {
      name: "mail-inbox",
      program: tool("node"),
      args: [MAILDEV, ...ports, "--mail-directory", dataDir.mail, "--max-emails", String(MAX_EMAILS)],
      cwd: dataDir.scratch,
      env: { ...cleanEnvironment(dataDir.home), TMPDIR: dataDir.scratch },
    },
    logFile,
  );

  const url = `http://${LOOPBACK}:${webPort}`;
  await waitUntil("the inbox", START_TIMEOUT_SECONDS, async () => {
    if (!child.isRunning()) throw new Error(`the inbox ended at once:\n${endOfLog(logFile)}`);
    return answers(`${url}/api/email`);
  });
  return { url, process: child };
}
