// The Python side of the installation: the local cloud is a Python program, kept in .venv with exactly pinned packages.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Stop, step } from "./announce.mjs";
import { ROOT, run } from "./child.mjs";
import { lastLines } from "./node-packages.mjs";

const OLDEST_PYTHON = [3, 10];
const INSTALL_TIMEOUT_SECONDS = 600;
const PROBE_TIMEOUT_SECONDS = 20;

const VENV = join(ROOT, ".venv");
const VENV_PYTHON = join(VENV, "bin", "python");
const REQUIREMENTS = join(ROOT, "packages", "local", "requirements.txt");
/** A copy of the requirements that .venv was made from: written last, so its presence says that the installation ended. */
const STAMP = join(VENV, "requirements.installed.txt");

/** Makes .venv, or makes it anew when the pinned packages have changed. */
export async function ensurePythonPackages() {
  const requirements = readFileSync(REQUIREMENTS, "utf8");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === requirements && (await runs(VENV_PYTHON))) return;

  const python = await findPython();
  await step("installing the local cloud (.venv)", () => installPythonPackages(python, requirements));
}

async function runs(program) {
  const probe = await run(program, ["-c", "import ministack, cryptography"], {
    quiet: true,
    timeoutSeconds: PROBE_TIMEOUT_SECONDS,
  });
  return probe.code === 0;
}

/** The first Python on the PATH that is new enough. ITHACA_PYTHON names another one. */
async function findPython() {
  const candidates = process.env.ITHACA_PYTHON
    ? [process.env.ITHACA_PYTHON]
    : ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python"];
  const found = [];
  for (const candidate of candidates) {
    const version = await pythonVersion(candidate);
    if (!version) continue;
    if (isNewEnough(version)) return { program: candidate, version };
    found.push(`${candidate} is ${version.join(".")}`);
  }
  throw new Stop(explainMissingPython(found, process.env.ITHACA_PYTHON));
}

async function pythonVersion(program) {
  const probe = await run(program, ["-c", "import sys; print(*sys.version_info[:3])"], {
    quiet: true,
    timeoutSeconds: PROBE_TIMEOUT_SECONDS,
  });
  const numbers = probe.output.trim().split(" ").map(Number);
  return probe.code === 0 && numbers.length === 3 && numbers.every(Number.isInteger) ? numbers : undefined;
}

/** Whether a [major, minor, patch] can run the local cloud. */
export function isNewEnough([major, minor]) {
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}

/** What to do about a Python that is missing or too old: `found` says which were seen, `named` is what ITHACA_PYTHON says. */
export function explainMissingPython(found, named) {
  const oldest = OLDEST_PYTHON.join(".");
  const missing = named ? `ITHACA_PYTHON is ${named}, which is no Python that runs` : "There is no python3 on the PATH";
  const seen = found.length > 0 ? `Python is too old (${found.join(", ")})` : missing;
  return `${seen}: the local cloud needs Python ${oldest} or later. On Debian or Ubuntu: sudo apt-get install python3 python3-venv. Or name one: ITHACA_PYTHON=/path/to/python3 npm start`;
}

async function installPythonPackages({ program, version }, requirements) {
  rmSync(VENV, { recursive: true, force: true });
  const venv = await run(program, ["-m", "venv", VENV], { quiet: true, timeoutSeconds: INSTALL_TIMEOUT_SECONDS });
  if (venv.code !== 0) throw new Stop(explainVenv(venv, program, version));

  const install = [
    "-m",
    "pip",
    "install",
    "--disable-pip-version-check",
    "--no-input",
    "--require-hashes",
    "--only-binary=:all:",
    "-q",
  ];
  const pip = await run(VENV_PYTHON, [...install, "-r", REQUIREMENTS], {
    quiet: true,
    timeoutSeconds: INSTALL_TIMEOUT_SECONDS,
  });
  if (pip.code !== 0) throw new Stop(explainPip(pip));
  writeFileSync(STAMP, requirements);
}

/** Why `python -m venv` failed, in one line. */
export function explainVenv({ code, output }, program, version) {
  if (/ensurepip|No module named venv/.test(output)) {
    const major = version.slice(0, 2).join(".");
    return `${program} has no venv module. On Debian or Ubuntu: sudo apt-get install python3-venv (or python${major}-venv), then try again.`;
  }
  return `${program} -m venv failed (exit code ${code}):\n${lastLines(output, 8)}`;
}

/** Why pip failed, in one line where it is a known reason. */
export function explainPip({ code, output, timedOut }) {
  if (timedOut) return `pip took longer than ${INSTALL_TIMEOUT_SECONDS} s: check the network, then try again.`;
  if (
    /NewConnectionError|Temporary failure in name resolution|ConnectTimeout|Max retries exceeded|Network is unreachable|from versions: none/.test(
      output,
    )
  ) {
    return "pip could not reach the package index: the first start needs a network (or a pip mirror); connect, then try again.";
  }
  return `pip could not install the local cloud (exit code ${code}):\n${lastLines(output, 12)}`;
}
