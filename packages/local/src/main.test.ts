import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { freePort, LOOPBACK } from "./free-port.ts";
import { createProcesses, type Ending } from "./processes.ts";
import { cleanEnvironment, PROJECT_ROOT, tool } from "./project.ts";

const TIMEOUT_SECONDS = 60;

const folder = mkdtempSync(join(tmpdir(), "start-"));
const processes = createProcesses();
let taken: Server;
let port: number;

beforeAll(async () => {
  port = await freePort();
  taken = createServer();
  await new Promise<void>((resolve) => {
    taken.listen(port, LOOPBACK, resolve);
  });
});
afterEach(() => processes.stopAll());
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start` with these options, once everything is installed. */
function start(...options: string[]): Promise<Ending> {
  return processes.run(
    {
      name: "start",
      program: tool("node"),
      args: [join(import.meta.dirname, "main.ts"), ...options],
      cwd: PROJECT_ROOT,
      env: cleanEnvironment(folder),
    },
    { timeoutSeconds: TIMEOUT_SECONDS },
  );
}

describe("a start that cannot be", () => {
  test.each([
    [
      "because the port is taken",
      () => ["--port", String(port)],
      "choosing ports",
      "is taken by another program: end that one",
    ],
    [
      "once, because the port is taken",
      () => ["--once", "--port", String(port)],
      "choosing ports",
      "choose another port with --port",
    ],
    ["because the folder is somebody's", () => ["--data-dir", "thesis"], "opening the data folder", "is not a desk's"],
  ])("%s ends with one message that names the step and what to do", async (_, options, step, saying) => {
    const thesis = join(folder, "thesis");
    mkdirSync(thesis, { recursive: true });
    writeFileSync(join(thesis, "chapter-1.txt"), "mine");
    const where = options().map((option) => (option === "thesis" ? thesis : option));
    const dataDir = where.includes("--data-dir") ? [] : ["--data-dir", join(folder, "desk")];

    const { code, output } = await start(...where, ...dataDir);
    expect(code).toBe(1);
    const said = output
      .trim()
      .split("\n")
      .filter((line) => !/^[·✓] /.test(line));
    expect(said).toEqual([expect.stringContaining(`✗ ${step}: `)]);
    expect(said[0]).toContain(saying);
    expect(readdirSync(thesis)).toEqual(["chapter-1.txt"]);
  });

  test("by an option that there is not, is told which there are", async () => {
    const { code, output } = await start("--prot", "7400");
    expect(code).toBe(2);
    expect(output).toContain("✗ Unknown option '--prot'");
    expect(output).toContain("npm start -- --once");
    expect(output).not.toMatch(/^\s+at /m);
  });
});

test("--help names every option and starts nothing", async () => {
  const { code, output } = await start("--help");
  expect(code).toBe(0);
  for (const option of ["--once", "--port", "--data-dir", "--fresh", "--no-sample", "--help"]) {
    expect(output).toContain(option);
  }
});
