import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type ChildPlan, createProcesses } from "./processes.ts";
import { cleanEnvironment, tool } from "./project.ts";
import { waitUntil } from "./wait-until.ts";

const folder = mkdtempSync(join(tmpdir(), "processes-"));
const processes = createProcesses();
afterEach(() => processes.stopAll());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shell(script: string): ChildPlan {
  return { name: "child", program: "/bin/sh", args: ["-c", script], cwd: tmpdir(), env: cleanEnvironment(tmpdir()) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  await waitUntil(`the end of ${pid}`, 10, async () => (isAlive(pid) ? undefined : true));
}

describe("a child that ends by itself", () => {
  test("gives back its output, its lines as they came, and its code", async () => {
    const lines: string[] = [];
    const ending = await processes.run(shell("echo one; echo two >&2; exit 3"), {
      timeoutSeconds: 10,
      onLine: (line) => lines.push(line),
    });
    expect(ending).toMatchObject({ code: 3, timedOut: false });
    expect(lines.sort()).toEqual(["one", "two"]);
    expect(ending.output).toContain("one");
  });

  test("leaves none of its own children running", async () => {
    const { output } = await processes.run(shell("sleep 300 >/dev/null 2>&1 & echo $!"), { timeoutSeconds: 10 });
    await gone(Number(output));
  });

  test("has nothing in its environment but what it was given", async () => {
    process.env.AWS_PROFILE = "production";
    const { output } = await processes.run(shell("env"), { timeoutSeconds: 10 });
    delete process.env.AWS_PROFILE;
    expect(output).not.toContain("AWS_PROFILE");
    expect(output).toContain("HOME=");
  });

  test("a program that is not there ends with a code", async () => {
    const missing = { ...shell(""), program: "/no/such/program", args: [] };
    expect((await processes.run(missing, { timeoutSeconds: 10 })).code).toBe(127);
  });
});

describe("a child that takes too long", () => {
  test("is ended with everything that it started", async () => {
    const ending = await processes.run(shell("sleep 300 & echo $!; wait"), { timeoutSeconds: 0.3 });
    expect(ending.timedOut).toBe(true);
    await gone(Number(ending.output));
  });
});

describe("a child that runs until it is stopped", () => {
  test("writes to its log, and is gone after stop", async () => {
    const log = join(folder, "log");
    const child = processes.start(shell("sleep 300 & echo $!; wait"), log);
    const inner = await waitUntil("the log", 10, async () => Number(readFileSync(log, "utf8")) || undefined);
    expect(child.isRunning()).toBe(true);

    await child.stop();
    expect(child.isRunning()).toBe(false);
    await gone(inner);
  });
});

describe("when we are killed outright", () => {
  let parent: ChildProcess | undefined;
  afterEach(() => parent?.kill("SIGKILL"));

  test("our children end all the same", async () => {
    const source = `
      import { createProcesses } from ${JSON.stringify(join(import.meta.dirname, "processes.ts"))};
      const plan = { name: "child", program: "/bin/sh", args: ["-c", "echo $$; sleep 300"], cwd: "/", env: { PATH: process.env.PATH } };
      await createProcesses().run(plan, { timeoutSeconds: 300, onLine: (line) => console.log(line) });
    `;
    const started = spawn(tool("node"), ["--input-type=module-typescript", "-e", source], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    parent = started;
    const pid = await new Promise<number>((resolve) => started.stdout.once("data", (line) => resolve(Number(line))));
    expect(isAlive(pid)).toBe(true);

    started.kill("SIGKILL");
    await gone(pid);
  });
});
