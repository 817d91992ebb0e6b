import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";

const PROJECT_ROOT = join(import.meta.dirname, "..", "..");
const FUNCTIONS_SOURCE = join(PROJECT_ROOT, "functions", "src");
const BUNDLES = join(PROJECT_ROOT, ".build", "functions");
const MANIFEST_ENDING = ".manifest.ts";

/** Some dependencies are CommonJS and call `require` for what Node has built in, which a module does not have. */
const REQUIRE_BANNER =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

/** What a bundle would carry and a function never uses, by what stands in for it. */
const STAND_INS: Plugin = {
  name: "stand-ins",
  setup({ onResolve }) {
    const standIn = (filter: RegExp, file: string) =>
      onResolve({ filter }, () => ({ path: join(import.meta.dirname, file) }));
    standIn(/^@aws-sdk\/credential-provider-node$/, "lambda-credentials.ts");
    standIn(/\/mime-types\.js$/, "mime-types.ts");
    standIn(/^\.\.\/fetch\/index\.js$/, "no-fetching.ts");
  },
};

/** A function on disk: its name, its manifest and the handler beside it. */
interface FunctionSource {
  readonly name: string;
  readonly manifest: string;
  readonly handler: string;
}

/** Every function on disk, found by its manifest. Throws when one has no handler beside it. */
export function functionSources(): FunctionSource[] {
  const found = globSync(`**/*${MANIFEST_ENDING}`, { cwd: FUNCTIONS_SOURCE }).map((file) => {
    const name = basename(file, MANIFEST_ENDING);
    const handler = join(FUNCTIONS_SOURCE, dirname(file), `${name}.ts`);
    if (!existsSync(handler)) throw new Error(`${file} has no handler ${name}.ts beside it`);
    return { name, manifest: file, handler };
  });
  return found.sort((a, b) => a.name.localeCompare(b.name, "en"));
}

/**
 * Bundles the handlers of all functions in one pass, everything included, the SDK too: what was tested is what runs.
 * Gives the folder of each function by its name.
 */
export async function bundleFunctions(): Promise<ReadonlyMap<string, string>> {
  const sources = functionSources();
  const { outputFiles } = await build({
    entryPoints: sources.map(({ name, handler }) => ({ in: handler, out: join(name, "index") })),
    outdir: BUNDLES,
    outExtension: { ".js": ".mjs" },
    absWorkingDir: PROJECT_ROOT,
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node24",
    mainFields: ["module", "main"],
    plugins: [STAND_INS],
    minify: true,
    legalComments: "none",
    charset: "utf8",
    banner: { js: REQUIRE_BANNER },
    logLevel: "warning",
  });
  for (const { path, contents } of outputFiles) writeIfChanged(path, contents);
  return new Map(sources.map(({ name }) => [name, join(BUNDLES, name)]));
}

/**
 * A bundle that is there already stays untouched, for another synthesis may be reading it; what is being written lies beside
 * its folder for the same reason.
 */
function writeIfChanged(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${dirname(path)}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}
