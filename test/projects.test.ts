import { readdirSync, readFileSync } from "node:fs";
import { join, matchesGlob, sep } from "node:path";
import { describe, expect, test } from "vitest";

/** Each file of tests is run by one project of vitest, and so once by `npm test`. */

interface Project {
  readonly test: { readonly name: string; readonly include: readonly string[]; readonly exclude?: readonly string[] };
}

const ROOT = join(import.meta.dirname, "..");
/** Where nobody keeps tests of this tree. */
const ELSEWHERE = /(^|\/)(node_modules|\.build|\.git|\.venv|\.ithaca|\.stryker-tmp|cdk\.out|coverage|reports)(\/|$)/;

const projects: readonly Project[] = (await import(join(ROOT, "vitest.config.ts"))).default.test.projects;

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name).split(sep).join("/");
    if (ELSEWHERE.test(path)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

const isOneOf = (path: string, globs: readonly string[]) => globs.some((glob) => matchesGlob(path, glob));

function projectsOf(path: string): string[] {
  return projects
    .filter(({ test: { include, exclude = [] } }) => isOneOf(path, include) && !isOneOf(path, exclude))
    .map(({ test: { name } }) => name);
}

const files = filesBelow(".").filter((path) => /\.(test|spec)\.[cm]?[jt]sx?$/.test(path));

describe("the projects of vitest", () => {
  test("have each file of tests in one of them, and none in two", () => {
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((path) => projectsOf(path).length !== 1).map((path) => [path, projectsOf(path)])).toEqual([]);
  });

  test.each(projects.map(({ test: { name, include } }) => ({ name, include })))(
    "$name has a file for each of its patterns",
    ({ name, include }) => {
      for (const glob of include) {
        const found = files.filter((path) => matchesGlob(path, glob) && projectsOf(path).includes(name));
        expect(found, glob).not.toEqual([]);
      }
    },
  );
});

describe("the suite", () => {
  test("runs each of them", () => {
    const suite = readFileSync(join(ROOT, "scripts", "suite.mjs"), "utf8");
    const run = [...suite.matchAll(/project: "([a-z-]+)"/g)].map(([, name]) => name);
    expect(run.toSorted()).toEqual(projects.map(({ test: { name } }) => name).toSorted());
  });
});
