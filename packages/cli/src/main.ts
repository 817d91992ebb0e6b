#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

// Compiling is half of what a command costs, so what was compiled for the last one is kept for the next.
enableCompileCache();
const [{ run }, { thisMachine }] = await Promise.all([import("./run.ts"), import("./this-machine.ts")]);

process.exitCode = await run(process.argv.slice(2), thisMachine());
