import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import type { Patch } from "./patch.ts";
import { rememberParsed } from "./remember-parsed.ts";
import { GLOBAL_STAND_INS, MODULE_STAND_INS, PACKAGE_STAND_INS } from "./stand-ins.ts";
import type { DeskCode } from "./surroundings.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..");
const BUNDLES = join(ROOT, ".build", "simulation");
const FUNCTIONS = "functions/src";
const MANIFEST_ENDING = ".manifest.ts";
const HANDLER_LINE = "export const handler = ";
const START_LINE = "export const start = () => ";
const STAND_IN = "stand-in";
/** Packages that are bundled; all others are not. */
const BUNDLED = ["@ithaca/", "@middy/", "zod/"];
/** Where zod/mini makes its objects, in zod. */
const ZOD_SCHEMAS = /[\\/]zod[\\/]v4[\\/]mini[\\/]schemas\.js$/;
/** Where zod has its parsers. */
const ZOD_PARSERS = /[\\/]zod[\\/]v4[\\/]core[\\/]parse\.js$/;

/**
 * The desk's functions as one module, made of the sources on disk and, in the bundle alone, of patches. A handler's last
 * line becomes a function that starts one more process; nothing else is changed but what stands in for AWS and the clock.
 */
export async function bundleDesk(patches: readonly Patch[] = []): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry(), resolveDir: ROOT, sourcefile: "desk.mjs", loader: "js" },
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node24",
    define: GLOBAL_STAND_INS,
    logLevel: "warning",
    plugins: [standingIn(), patching(patches)],
  });
  const contents = outputFiles[0]?.contents;
  if (contents === undefined) throw new Error("the bundle is empty");
  const file = join(BUNDLES, `desk-${createHash("sha256").update(contents).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(BUNDLES, { recursive: true });
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, contents);
    renameSync(unfinished, file);
  }
  return file;
}

/** Loads a bundle; each `instance` is a copy of the whole module. */
export async function loadDesk(bundle: string, instance = "1"): Promise<DeskCode> {
  const loaded: unknown = await import(/* @vite-ignore */ `${pathToFileURL(bundle).href}?instance=${instance}`);
  return (loaded as { desk: DeskCode }).desk;
}

/** The files of functions by the names in their manifests. */
function functionFiles(): { name: string; file: string }[] {
  const manifests = globSync(`${FUNCTIONS}/**/*${MANIFEST_ENDING}`, { cwd: ROOT });
  if (manifests.length === 0) throw new Error(`there is no function under ${FUNCTIONS}`);
  return manifests.sort().map((manifest) => ({
    name: basename(manifest, MANIFEST_ENDING),
    file: manifest.replace(MANIFEST_ENDING, ".ts"),
  }));
}

function entry(): string {
  const files = functionFiles();
  return `
globalThis.ithacaSimulation ??= {};
globalThis.ithacaSimulation.clearTimer = (timer) => { if (timer !== undefined) timer.cancelled = true; };
${files.map(({ file }, at) => `import { start as start${at} } from "./${file}";`).join("\n")}
const starts = { ${files.map(({ name }, at) => `"${name}": start${at}`).join(", ")} };
export const desk = {
  names: Object.keys(starts),
  start: (name) => starts[name](),
  enter: (surroundings) => { globalThis.ithacaSimulation.current = surroundings; },
  setEnvironment: (environment) => { globalThis.ithacaSimulation.environment = environment; },
};`;
}

/** AWS's packages, the timers, and the two modules that know them. Of other packages only middy's and zod are bundled. */
function standingIn(): Plugin {
  const resolved = (path: string) => ({ path, namespace: STAND_IN, sideEffects: path.endsWith("client-sfn") });
  return {
    name: "standing-in",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[^./]/ }, ({ path, kind, namespace }) => {
        if (namespace === STAND_IN) return { path, external: true };
        if (kind === "entry-point" || BUNDLED.some((bundled) => path.startsWith(bundled))) return undefined;
        if (PACKAGE_STAND_INS[path] !== undefined) return resolved(path);
        return { path, external: true, sideEffects: false };
      });
      // Zod's own parser of objects that is compiled once and gives the same: zod/mini leaves it out for being small.
      onLoad({ filter: ZOD_SCHEMAS }, ({ path }) => ({
        contents: replaceOnce(readFileSync(path, "utf8"), "core.$ZodObject.init(", "core.$ZodObjectJIT.init(", path),
        loader: "js",
      }));
      onLoad({ filter: ZOD_PARSERS }, ({ path }) => ({
        contents: rememberParsed(readFileSync(path, "utf8")),
        loader: "js",
      }));
      onLoad({ filter: /.*/, namespace: STAND_IN }, ({ path }) => ({
        contents: PACKAGE_STAND_INS[path] ?? "",
        resolveDir: ROOT,
      }));
    },
  };
}

function patching(patches: readonly Patch[]): Plugin {
  const handlers = new Set(functionFiles().map(({ file }) => file));
  return {
    name: "patching",
    setup({ onLoad, onEnd }) {
      const applied = new Set<Patch>();
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(ROOT, path);
        let contents = MODULE_STAND_INS[file] ?? readFileSync(path, "utf8");
        if (handlers.has(file)) contents = replaceOnce(contents, HANDLER_LINE, START_LINE, file);
        for (const patch of patches.filter((one) => one.file === file)) {
          contents = replaceOnce(contents, patch.find, patch.replace, file);
          applied.add(patch);
        }
        return { contents, loader: "ts" as const };
      });
      onEnd(() => {
        const missed = patches.filter((patch) => !applied.has(patch));
        if (missed.length > 0) throw new Error(`no function uses ${missed.map(({ file }) => file).join(", ")}`);
      });
    },
  };
}

/** Throws when there is no such text, or more than one. */
function replaceOnce(contents: string, find: string, replace: string, file: string): string {
  const parts = contents.split(find);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} of: ${find}`);
  return parts.join(replace);
}
