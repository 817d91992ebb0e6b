#!/usr/bin/env node
import { run } from "./run.ts";
import { thisMachine } from "./this-machine.ts";

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await run(process.argv.slice(2), thisMachine());
