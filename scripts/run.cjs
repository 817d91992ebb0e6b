#!/usr/bin/env node
// What every npm script runs. It is read by whatever Node the machine has, Node 12 of an older Debian or Ubuntu too, so it is
// written as that one reads it, and nothing newer is loaded before the version is known to do.
const OLDEST_NODE_MAJOR = 18;

const version = process.versions.node;
if (Number(version.split(".")[0]) < OLDEST_NODE_MAJOR) {
  process.stderr.write(
    `✗ Node ${version} is too old: install Node ${OLDEST_NODE_MAJOR} or later (nodejs.org), then try again.\n`,
  );
  process.exitCode = 1;
} else {
  void import("./main.mjs");
}
