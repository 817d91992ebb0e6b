// The npm side of the installation: whether node_modules is what the lockfile says, and making it so.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stop, step } from "./announce.mjs";
import { ROOT, run } from "./child.mjs";

const INSTALL_TIMEOUT_SECONDS = 900;

/** npm asks three times more, for 18 s together: by itself it takes over a minute to say that there is no network. */
const PATIENCE = ["--fetch-retries=3", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=10000"];

/** Installs the npm packages when they are missing or are not those of package-lock.json. */
export async function ensureNodeModules() {
  if (isInstalled()) return;
  await step("installing npm packages (npm ci)", installNodeModules);
}

/**
 * Whether node_modules holds what package-lock.json names: our own npm ci has noted this very lockfile, or what npm
 * notes there agrees with it package by package (after an npm install by hand).
 */
export function isInstalled(root = ROOT) {
  const lockfile = join(root, "package-lock.json");
  if (!existsSync(lockfile)) throw new Stop("package-lock.json is missing: restore it with git, then try again.");
  if (readText(stampOf(root)) === digest(lockfile)) return existsSync(join(root, "node_modules", ".bin", "node"));

  const wanted = packagesOf(lockfile);
  const present = packagesOf(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  const fromRegistry = Object.entries(wanted).filter(([path, entry]) => path.includes("node_modules/") && !entry.link);
  return fromRegistry.every(([path, entry]) => entry.optional || present[path]?.version === entry.version);
}

function stampOf(root) {
  return join(root, "node_modules", ".installed-lockfile");
}

function digest(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readText(lockfile) ?? "").packages;
  } catch {
    return undefined;
  }
}

async function installNodeModules() {
  const npm = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...PATIENCE], {
    quiet: true,
    timeoutSeconds: INSTALL_TIMEOUT_SECONDS,
  });
  if (npm.code !== 0) throw new Stop(explainNpm(npm));
  writeFileSync(stampOf(ROOT), digest(join(ROOT, "package-lock.json")));
}

/** npm's failure in one line: what is wrong and what to do. */
export function explainNpm({ code, output, timedOut }) {
  if (code === 127) return "npm is not on the PATH: install it (it comes with Node), then try again.";
  if (timedOut) return `npm ci took longer than ${INSTALL_TIMEOUT_SECONDS} s: check the network, then try again.`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(output)) {
    return "npm ci could not reach the package registry: the first start needs a network (or an npm mirror); connect, then try again.";
  }
  if (/ENOSPC/.test(output)) return "npm ci found no room on the disk: free about 1 GB, then try again.";
  if (/EACCES|EPERM/.test(output))
    return `npm ci may not write to ${ROOT}/node_modules: make that folder yours, then try again.`;
  return `npm ci failed (exit code ${code}):\n${lastLines(output, 12)}`;
}

/** The end of a program's output, for a message. */
export function lastLines(output, count) {
  return output.trimEnd().split("\n").slice(-count).join("\n");
}
