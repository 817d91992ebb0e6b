export { EXIT, type ExitCode } from "./exit-codes.ts";
export { run } from "./run.ts";
export type { Terminal, World } from "./world.ts";
