import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

/** The laws of the house that a linter cannot say. Each check first proves that it saw files. */

const ROOT = join(import.meta.dirname, "..");
const WORKSPACES = [
  "functions",
  "infra",
  "test",
  ...readdirSync(join(ROOT, "packages")).map((name) => `packages/${name}`),
];
const NOT_OURS = new Set(["node_modules", ".build", ".venv", ".git", ".ithaca", "cdk.out", "coverage", "reports"]);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

/** Every file of the workspaces whose path fits; fails when there are fewer than a check must have seen. */
function sawFiles(pattern: RegExp, atLeast: number, folders: readonly string[] = WORKSPACES): string[] {
  const files = folders.flatMap(filesBelow).map((path) => path.split(sep).join("/"));
  const seen = files.filter((path) => pattern.test(path));
  expect(seen.length, `files like ${pattern}`).toBeGreaterThanOrEqual(atLeast);
  return seen;
}

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const isTest = (path: string) => /\.(test|bench|fuzz|contract)\.ts$|\/(contract|fixtures)\//.test(path);
const code = (atLeast: number, folders?: readonly string[]) =>
  sawFiles(/\.ts$/, atLeast, folders).filter((path) => !isTest(path) && !path.endsWith(".d.ts"));

/** The modules that a file imports, types included. Source text that it writes itself, in templates, is not its own. */
function importsOf(path: string): string[] {
  const statements = /^\s*(?:import|export)\s[^;"']*?\bfrom\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  return [
    ...read(path)
      .replace(/`[^`]*`/g, "``")
      .matchAll(statements),
  ].map((found) => found[1] ?? found[2] ?? found[3] ?? "");
}

/** Who may import whom (ARCHITECTURE.md, Arrows): the product's own code, tests aside. */
const ARROWS: Record<string, readonly string[]> = {
  "packages/domain": [],
  "packages/contracts": ["@ithaca/domain"],
  "packages/policy": ["@ithaca/domain"],
  "packages/store": ["@ithaca/domain"],
  "packages/client": ["@ithaca/contracts"],
  "packages/cli": ["@ithaca/client", "@ithaca/domain", "@ithaca/policy", "@ithaca/store"],
  "packages/local": ["@ithaca/client"],
  functions: ["@ithaca/contracts", "@ithaca/domain", "@ithaca/policy", "@ithaca/store"],
  infra: ["@ithaca/contracts", "@ithaca/functions"],
};

describe("the arrows between workspaces", () => {
  test.each(Object.entries(ARROWS))("%s imports only what it may", (workspace, allowed) => {
    for (const path of code(2, [workspace])) {
      for (const name of importsOf(path).filter((name) => name.startsWith("@ithaca/"))) {
        const target = name.split("/").slice(0, 2).join("/");
        expect(allowed, `${path} imports ${name}`).toContain(target);
      }
    }
  });

  test("every workspace has its row in the table", () => {
    expect([...Object.keys(ARROWS), "test"].sort()).toEqual([...WORKSPACES].sort());
  });

  test("infra sees manifests of functions and nothing else of them", () => {
    const names = code(5, ["infra"]).flatMap((path) =>
      importsOf(path).filter((name) => name.startsWith("@ithaca/functions")),
    );
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(name).toMatch(/\.manifest$|\/manifest$/);
  });

  test("nothing leaves its workspace by a relative path", () => {
    for (const path of code(50)) {
      const workspace = WORKSPACES.find((folder) => path.startsWith(`${folder}/`)) ?? "";
      for (const name of importsOf(path).filter((name) => name.startsWith("."))) {
        const target = relative(ROOT, join(ROOT, dirname(path), name));
        expect(target.startsWith(`${workspace}${sep}`), `${path} imports ${name}`).toBe(true);
      }
    }
  });

  test("features of functions meet only through events and the domain", () => {
    for (const path of code(10, ["functions"]).filter((path) => !path.startsWith("functions/src/runtime/"))) {
      const feature = path.split("/")[2];
      for (const name of importsOf(path).filter((name) => name.startsWith("."))) {
        const target = join(dirname(path), name).split(sep)[2];
        expect([feature, "runtime"], `${path} imports ${name}`).toContain(target);
      }
    }
  });
});

describe("the domain", () => {
  test("imports zod/mini and luxon and nothing else", () => {
    for (const path of code(20, ["packages/domain/src"])) {
      for (const name of importsOf(path)) expect(name, path).toMatch(/^\.|^zod\/mini$|^luxon$/);
    }
  });

  test("needs luxon only where calendars are compiled and times are shown", () => {
    const users = code(20, ["packages/domain/src"]).filter((path) => importsOf(path).includes("luxon"));
    for (const path of users) expect(path).toMatch(/^packages\/domain\/src\/(calendar|time)\//);
  });
});

describe("a noun", () => {
  test("has one schema: no two of the product's files define one of the same name, exported or not", () => {
    const homes = new Map<string, string[]>();
    for (const path of code(100).filter((path) => !path.startsWith("test/"))) {
      const schemas = /^(?:export )?const ([A-Z][a-z]\w*) = (?:z\b|fact\(|prefixedId\(|line\()/gm;
      for (const [, name = ""] of read(path).matchAll(schemas)) homes.set(name, [...(homes.get(name) ?? []), path]);
    }
    expect(homes.size).toBeGreaterThan(120);
    expect([...homes].filter(([, paths]) => paths.length > 1)).toEqual([]);
  });
});

describe("names", () => {
  const FORBIDDEN = ["utils", "util", "helpers", "common", "shared", "misc", "manager", "service", "types", "lib"];

  test("no folder has a name that says nothing", () => {
    for (const path of sawFiles(/./, 100)) {
      for (const folder of dirname(path).split("/")) expect(FORBIDDEN, path).not.toContain(folder);
    }
  });

  test("index.ts is a package's door and exists nowhere else", () => {
    for (const path of sawFiles(/\/index\.ts$/, 5)) expect(path).toMatch(/^(packages\/[a-z]+|infra)\/src\/index\.ts$/);
  });
});

describe("functions", () => {
  const manifests = () => sawFiles(/^functions\/src\/.*\.manifest\.ts$/, 10);

  test("each handler has its manifest beside it, of the same verb-noun name, and each manifest its handler and test", () => {
    const handlers = code(10, ["functions"]).filter((path) => /^export const handler\b/m.test(read(path)));
    expect(handlers.map((path) => path.replace(/\.ts$/, ".manifest.ts")).sort()).toEqual([...manifests()].sort());
    const tests = sawFiles(/\.test\.ts$|\/fixtures\//, 10, ["functions", "test"]);
    const tested = tests.flatMap((path) => importsOf(path).map((name) => basename(name, ".ts")));
    for (const path of manifests()) {
      const name = basename(path, ".manifest.ts");
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(read(path)).toContain(`name: "${name}"`);
      expect(tested, `${name} is imported by no test`).toContain(name);
    }
  });

  test("a manifest imports no handler and no SDK", () => {
    for (const path of manifests()) {
      for (const name of importsOf(path))
        expect(name, path).toMatch(/manifest\.ts$|^@ithaca\/contracts$|^zod\/mini$|\/runtime\/environment\.ts$/);
    }
  });

  test("only the runtime knows process.env, middy and SDK clients", () => {
    for (const path of code(20, ["functions"]).filter((path) => !path.startsWith("functions/src/runtime/"))) {
      expect(read(path), path).not.toMatch(/process\.env/);
      for (const name of importsOf(path)) expect(name, path).not.toMatch(/^@middy|^@aws-sdk/);
    }
  });
});

describe("what is published", () => {
  test("no file names a registry host or a folder of somebody's machine", () => {
    const text = [
      ...sawFiles(/\.(ts|mjs|json|md|txt|yaml)$/, 100),
      "package-lock.json",
      "README.md",
      "ARCHITECTURE.md",
    ];
    const secrets = new RegExp(
      `${["registry", "npmjs"].join("\\.")}|${["", "root", ""].join("/")}|${["", "work", "main"].join("/")}`,
    );
    for (const path of text) expect(read(path).match(secrets)?.[0], path).toBeUndefined();
  });

  test("there is one lockfile, which names no address to download from", () => {
    const lockfiles = /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/;
    expect(filesBelow(".").filter((path) => lockfiles.test(path))).toEqual(["package-lock.json"]);
    const entries = Object.entries<{ resolved?: string }>(JSON.parse(read("package-lock.json")).packages);
    expect(entries.length).toBeGreaterThan(300);
    const addressed = entries.filter(([, { resolved }]) => resolved !== undefined && !WORKSPACES.includes(resolved));
    expect(addressed).toEqual([]);
  });

  test("every workspace has the licence of the whole", () => {
    for (const workspace of WORKSPACES)
      expect(JSON.parse(read(`${workspace}/package.json`)).license).toBe("Apache-2.0");
  });
});

describe("the guides of the house", () => {
  const GUIDES = ["README.md", "ARCHITECTURE.md", "STYLE.md"] as const;
  /** Where a path of a guide may begin: in the house, or, as ARCHITECTURE.md writes it, in its packages. */
  const ROOMS = ["", "packages/", "packages/domain/src/", "functions/src/", "packages/store/src/"] as const;
  /** What a guide names that is there once somebody has started or built something. */
  const MADE_LATER = /^\.ithaca\/|^cdk\.out/;

  /** What looks like a file or a folder of the house, between backquotes or as the target of a link. */
  function pathsIn(guide: string): string[] {
    const text = read(guide).replace(/```[\s\S]*?```/g, "");
    const quoted = [...text.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)*\/?)`/g)].map(([, path = ""]) => path);
    const named = quoted.filter((path) =>
      /\.(ts|mjs|json|yaml|md|svg)$|^(packages|functions|infra|test|docs)\/|\/$/.test(path),
    );
    const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) => path);
    return [...new Set([...named, ...linked])].filter((path) => !MADE_LATER.test(path));
  }

  const isThere = (path: string) =>
    ROOMS.some(
      (room) => existsSync(join(ROOT, room, path)) || existsSync(join(ROOT, room, path.replace("/", "/src/"))),
    );

  test.each(GUIDES)("%s names only what is there", (guide) => {
    const paths = pathsIn(guide);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  test("docs/reliability.md has every law that a simulated world can be told to have broken, and no other", () => {
    const files = sawFiles(/^test\/simulation\/(laws|workload)\/.*\.ts$/, 30, ["test"]);
    const laws = files.flatMap((path) =>
      [...read(path).matchAll(/\bviolated\(\s*"([a-z-]+)"/g)].map(([, law = ""]) => law),
    );
    const [, table = ""] = read("docs/reliability.md").split("| law | is broken when |\n|---|---|\n");
    const rows = table.split("\n\n")[0] ?? "";
    const names = [...rows.matchAll(/^\| ([a-z, -]+) \|/gm)].flatMap(([, cell = ""]) => cell.split(", "));
    expect(names.length).toBeGreaterThan(30);
    expect(names.toSorted()).toEqual([...new Set(laws)].toSorted());
  });

  test("ARCHITECTURE.md can be read at one sitting, and leaves out no room in which rules live", () => {
    const text = read("ARCHITECTURE.md");
    expect(text.split("\n").length).toBeLessThan(200);
    const folders = ["packages/domain/src", "functions/src"].flatMap((room) =>
      readdirSync(join(ROOT, room), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== "fixtures")
        .map(({ name }) => name),
    );
    expect(folders.length).toBeGreaterThan(20);
    expect(folders.filter((name) => !text.includes(`${name}/`))).toEqual([]);
  });
});
