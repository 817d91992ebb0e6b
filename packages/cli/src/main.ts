#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";

/**
 * Where compiled modules are kept: beside their sources, for whoever may write there may change what the command does
 * anyway. Node's own choice is in the folder of temporary files, where anybody may have made it before us.
 */
const COMPILED = join(import.meta.dirname, "..", "..", "..", ".build", "compiled");

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

// Compiling is half of what a command costs, so what was compiled for the last one is kept for the next, where it can be.
enableCompileCache(COMPILED);
const [{ run }, { thisMachine }] = await Promise.all([import("./run.ts"), import("./this-machine.ts")]);

process.exitCode = await run(process.argv.slice(2), thisMachine());
