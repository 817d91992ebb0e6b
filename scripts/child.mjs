// Child processes of the scripts: awaited, limited in time, and asked to end when we are.
import { spawn } from "node:child_process";
import { constants, getPriority, setPriority } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** The project's own Node. */
export const PROJECT_NODE = join(ROOT, "node_modules", ".bin", "node");

/** The environment of a child that must find the project's tools, and the project's Node, first. */
export function projectEnvironment() {
  const tools = join(ROOT, "node_modules", ".bin");
  return { ...process.env, PATH: `${tools}:${process.env.PATH ?? ""}` };
}

/**
 * Runs a program to its end.
 * `quiet` keeps its output and gives it back; otherwise the child writes to our terminal (stdout goes where `stdout` says).
 * `niceness` is by how much it, and all that it starts, gives way to what we run at our own.
 * Resolves to { code, output, timedOut }; never rejects for the child's own failure, a missing program has code 127.
 */
export function run(
  program,
  args,
  { quiet = false, timeoutSeconds, niceness, env = process.env, cwd = ROOT, input = "ignore" } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: [input, quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    if (niceness !== undefined && child.pid !== undefined) makeNicer(child.pid, niceness);
    let output = "";
    let timedOut = false;
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);

    const limit = timeoutSeconds
      ? setTimeout(() => {
          timedOut = true;
          child.kill("SIGTERM");
          setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
        }, timeoutSeconds * 1000)
      : undefined;
    const release = passSignalsTo(child);

    const finish = (code) => {
      clearTimeout(limit);
      release();
      resolve({ code, output, timedOut });
    };
    child.on("error", (error) => finish(error.code === "ENOENT" ? 127 : 1));
    child.on("close", (code, signal) => finish(code ?? (signal ? 130 : 1)));
  });
}

/** Adds to our own niceness: who was started nicely may not make anything less nice. */
function makeNicer(pid, by) {
  setPriority(pid, Math.min(getPriority() + by, constants.priority.PRIORITY_LOW));
}

/** How long a child that was asked to end may take before it is made to. */
const KILL_AFTER_MS = 20_000;

let isAskedToEnd = false;

/** Whether somebody has asked us to end while a child ran: then nothing more is to begin. */
export function isToEnd() {
  return isAskedToEnd;
}

/** While a child runs, an interrupt is the child's to answer (it may have to save and to stop others); we wait for it. */
function passSignalsTo(child) {
  // Ctrl-C reaches the whole foreground group, so the child may get it twice: it has to take two for one anyway.
  const pass = (signal) => {
    isAskedToEnd = true;
    child.kill(signal);
  };
  for (const signal of PASSED_SIGNALS) process.on(signal, pass);
  return () => {
    for (const signal of PASSED_SIGNALS) process.off(signal, pass);
  };
}

const PASSED_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
