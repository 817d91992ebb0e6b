import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

/** How a child is started. Its environment is exactly `env`. */
export interface ChildPlan {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** How a child ended. `code` is null when a signal ended it. */
export interface Ending {
  readonly code: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

/** A child that runs until it is stopped. */
export interface RunningChild {
  readonly name: string;
  readonly pid: number;
  readonly ended: Promise<void>;
  /** Whether it still runs. */
  isRunning(): boolean;
  /** Ends the child and everything that it started. */
  stop(): Promise<void>;
}

/** The children of one desk: whatever it started, it can end. */
export interface Processes {
  /** Starts a child that runs until it is stopped; what it prints goes to a file. */
  start(plan: ChildPlan, logFile: string): RunningChild;
  /** Runs a child to its end, or ends it when its time is up. Gives back what it printed, line by line as it comes. */
  run(plan: ChildPlan, limits: RunLimits): Promise<Ending>;
  /** Ends every child, and everything that they started. */
  stopAll(): Promise<void>;
}

/** How long a child may run, and who reads its lines as they come. */
export interface RunLimits {
  readonly timeoutSeconds: number;
  readonly onLine?: (line: string) => void;
}

/** How long a child that was asked to end may take before it is made to. */
const STOP_GRACE_MS = 4_000;

/** What is kept of a child's output: enough for a message, not enough to fill the memory. */
const KEPT_OUTPUT_CHARACTERS = 200_000;

/**
 * Each child is the leader of a process group, under a shell that holds our pipe: when the pipe closes, because we
 * stopped or were killed outright, the shell ends the whole group. So nothing outlives us, whatever happens to us.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
( trap "" TERM; read -r _ <&3; kill -TERM 0; sleep 3; kill -KILL 0 ) >/dev/null 2>&1 &
guard=$!
exec 3<&-
trap : TERM
while :; do wait "$child"; code=$?; kill -0 "$child" 2>/dev/null || break; done
kill -KILL "$guard" 2>/dev/null
exit "$code"
`;

/** Keeps a record of children so that all of them can be ended, also when this process exits. */
export function createProcesses(): Processes {
  const groups = new Map<number, { readonly child: ChildProcess; readonly ended: Promise<void> }>();
  process.on("exit", () => {
    for (const pid of groups.keys()) signalGroup(pid, "SIGKILL");
  });

  function launch(
    plan: ChildPlan,
    output: number | "pipe",
  ): { child: ChildProcess; pid: number; ended: Promise<void> } {
    const child = spawn("/bin/sh", ["-c", GUARD, plan.name, plan.program, ...plan.args], {
      cwd: plan.cwd,
      env: plan.env,
      detached: true,
      stdio: ["pipe", output, output],
    });
    const pid = child.pid;
    if (pid === undefined) throw new Error(`${plan.name} could not be started`);
    // The pipe is a lifeline only; a child that ends first must not end us by it.
    child.stdin?.on("error", () => {});
    const ended = new Promise<void>((resolve) => {
      child.once("close", () => {
        signalGroup(pid, "SIGKILL");
        groups.delete(pid);
        resolve();
      });
    });
    groups.set(pid, { child, ended });
    return { child, pid, ended };
  }

  async function stop(pid: number): Promise<void> {
    const group = groups.get(pid);
    if (!group) return;
    signalGroup(pid, "SIGTERM");
    const force = setTimeout(() => signalGroup(pid, "SIGKILL"), STOP_GRACE_MS);
    await group.ended;
    clearTimeout(force);
  }

  return {
    start(plan, logFile) {
      const log = openSync(logFile, "a");
      const { pid, ended } = launch(plan, log);
      closeSync(log);
      return { name: plan.name, pid, ended, isRunning: () => groups.has(pid), stop: () => stop(pid) };
    },

    async run(plan, { timeoutSeconds, onLine }) {
      const { child, pid, ended } = launch(plan, "pipe");
      const output = collectOutput(child, onLine);
      let timedOut = false;
      const limit = setTimeout(() => {
        timedOut = true;
        void stop(pid);
      }, timeoutSeconds * 1000);
      await ended;
      clearTimeout(limit);
      return { code: child.exitCode, output: output(), timedOut };
    },

    async stopAll() {
      await Promise.all([...groups.keys()].map(stop));
    },
  };
}

/** Signals a process group. One that has ended already is no error. */
function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function collectOutput(child: ChildProcess, onLine: ((line: string) => void) | undefined): () => string {
  let kept = "";
  let unfinished = "";
  const take = (chunk: string): void => {
    kept = (kept + chunk).slice(-KEPT_OUTPUT_CHARACTERS);
    const lines = (unfinished + chunk).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) onLine?.(line);
  };
  child.stdout?.setEncoding("utf8").on("data", take);
  child.stderr?.setEncoding("utf8").on("data", take);
  return () => kept;
}
