import { existsSync } from "node:fs";
import type { Policy } from "@ithaca/domain";
import { casesFaults, PolicyCases } from "@ithaca/policy/cases";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { readTextFile } from "../words.ts";
import { readPlaced } from "./placed-document.ts";
import { faultLine, keysOf, type PlacedFault, withPlaces } from "./rules-file.ts";

/** The cases beside a policy: policy.cases.yaml beside policy.yaml, or with another ending. Throws a Failure when there are none. */
export function casesBeside(path: string): string {
  const stem = path.replace(/\.(ya?ml|json)$/i, "");
  const tried = ["yaml", "yml", "json"].map((ending) => `${stem}.cases.${ending}`);
  const found = tried.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  throw new Failure(`There is no ${tried[0]}; write the cases there, or name their file with --cases.`, EXIT.usage);
}

/** Reads a YAML or JSON file of cases that are to hold for a policy. Throws a Failure that names every fault. */
export function readCasesFile(path: string, policy: Policy): PolicyCases["cases"] {
  const { value, placeOf } = readPlaced(readTextFile(path), path);
  const read = z.safeDecode(PolicyCases, value as z.input<typeof PolicyCases>);
  const faults: PlacedFault[] = read.success
    ? casesFaults(read.data, policy)
    : read.error.issues.map((issue) => ({
        code: "invalid",
        path: issue.path.map((step) => `/${String(step)}`).join(""),
        problem: issue.message,
        remedy: "give it what docs/policy.md says of a case",
      }));
  if (read.success && faults.length === 0) return read.data.cases;
  const placed = withPlaces(faults, (pointer) => placeOf(keysOf(pointer)));
  throw new Failure([`${path} holds no cases to try:`, ...placed.map((fault) => faultLine(path, fault))].join("\n  "));
}
