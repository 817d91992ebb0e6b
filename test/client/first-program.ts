import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const CLIENT = join(import.meta.dirname, "../../packages/client");

/** A program as a browser gets it: one script. The bundler ends with an error where anything of Node is asked for. */
export async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: CLIENT, loader: "ts" },
    bundle: true,
    platform: "browser",
    target: "es2022",
    format: "iife",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return outputFiles.map(({ text }) => text).join("");
}

/** The first program of the client's README. */
export function firstProgram(): string {
  const readme = readFileSync(join(CLIENT, "README.md"), "utf8");
  const program = /## To the first case\n\n```ts\n([\s\S]+?)```/.exec(readme)?.[1];
  if (program === undefined) throw new Error("the README has no first program");
  return program;
}
