import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { createClient } from "@ithaca/client";
import { createSignIn, type Desk, startDesk } from "@ithaca/local";
import { documentFor, type KnownCases } from "./document-for.ts";

// Sends what schemathesis makes of the committed document to a desk on the local cloud: no fault, no status and no answer
// that is not in the document. `-- --max-examples 200 --seed 7` go on to schemathesis.

const ROOT = join(import.meta.dirname, "..", "..");
const BUILD = join(ROOT, ".build", "schemathesis");
const VENV = join(BUILD, "venv");
const REQUIREMENTS = join(import.meta.dirname, "requirements.txt");

const CHECKS = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
];

const DEFAULTS = ["--max-examples", "25", "--seed", "1", "--phases", "examples,coverage,fuzzing,stateful"];
const TIMEOUT_MS = 20 * 60 * 1_000;

/** Runs a program to its end and gives back its exit code. */
function run(program: string, args: readonly string[], cwd = ROOT): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", cwd, timeout: TIMEOUT_MS });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}

/** Installs schemathesis once, and again when what is pinned has changed. */
async function ensureSchemathesis(): Promise<void> {
  const stamp = join(VENV, "requirements.installed.txt");
  const wanted = readFileSync(REQUIREMENTS, "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(VENV, { recursive: true, force: true });
  mkdirSync(BUILD, { recursive: true });
  const made = await run(process.env.ITHACA_PYTHON ?? "python3", ["-m", "venv", VENV]);
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q", "-r", REQUIREMENTS];
  if (made !== 0 || (await run(join(VENV, "bin", "python"), pip)) !== 0) {
    throw new Error("schemathesis could not be installed: it needs Python with venv, and a package index");
  }
  writeFileSync(stamp, wanted);
}

/** Cases of one customer, and the token of a manager, who may do everything. */
async function furnish(desk: Desk): Promise<{ token: string; known: KnownCases }> {
  const { endpoint, tokenEndpoint, stack, apiUrl: baseUrl } = desk;
  const signIn = createSignIn({ endpoint, tokenEndpoint, ...stack });
  const customer = createClient({ baseUrl, token: () => signIn.user("cleo@lakeside.example") });
  const send = (channelMessageId: string, caseNumber?: string) =>
    customer.sendMessage({
      channel: "portal",
      channelMessageId,
      subject: "The invoice page is empty",
      text: "Since this morning it shows nothing.",
      ...(caseNumber !== undefined && { caseNumber }),
    });
  const { number } = await send("schemathesis-1");
  const { number: other } = await send("schemathesis-2");
  const { messageId } = await send("schemathesis-3", number);
  return { token: await signIn.user("max@desk.example"), known: { number, other, messageId } };
}

await ensureSchemathesis();
const desk = await startDesk({
  dataDir: join(BUILD, "desk"),
  fresh: true,
  write: (line) => process.stderr.write(`${line}\n`),
});
try {
  const { token, known } = await furnish(desk);
  const path = join(BUILD, "openapi.json");
  writeFileSync(path, JSON.stringify(documentFor(known)));
  process.exitCode = await run(
    join(VENV, "bin", "st"),
    [
      "run",
      path,
      "--url",
      desk.apiUrl,
      "--header",
      `Authorization: Bearer ${token}`,
      "--checks",
      CHECKS.join(","),
      "--generation-database",
      "none",
      "--continue-on-failure",
      "--no-color",
      ...DEFAULTS,
      ...process.argv.slice(2),
    ],
    BUILD,
  );
} finally {
  await desk.stop();
}
