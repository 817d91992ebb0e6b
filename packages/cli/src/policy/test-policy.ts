import { type Instant, toIso } from "@ithaca/domain";
import type { TriedCase } from "@ithaca/policy/cases";
import type { Command } from "commander";
import { Failure } from "../failure.ts";
import { globalsOf } from "../globals.ts";
import { show } from "../output/json.ts";
import { writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

/** Adds `ithaca policy test`. */
export function addPolicyTest(policy: Command, world: World): void {
  policy
    .command("test <file>")
    .description("try a policy on the cases beside it, without asking a desk")
    .option("--cases <file>", "the cases; policy.cases.yaml beside policy.yaml when you leave it out")
    .addHelpText(
      "after",
      `
A case is a message at an instant, and what the policy is to make of it: priority, team, due, pages, flag,
escalatesTo, or some of them.
Calendars that the policy's file does not bring along are those that ship. Ends with 1 when a case comes out otherwise.
Examples:
  ithaca policy test policy.yaml
  ithaca policy test policy.yaml --cases before-christmas.cases.yaml --json`,
    )
    .action(async (path: string, options: { readonly cases?: string }, command: Command) => {
      const tried = await triedOn(path, options.cases, world.now());
      show(world, globalsOf(command, world.env).json, tried.map(asJson), () => writeTried(world, tried));
      const failed = tried.filter(({ differs }) => differs.length > 0).length;
      if (failed > 0) throw new Failure(`${failed} of ${tried.length} cases came out otherwise.`);
    });
}

async function triedOn(path: string, cases: string | undefined, now: Instant): Promise<TriedCase[]> {
  const [{ checkRules, readRulesFile }, { casesBeside, readCasesFile }, { tryPolicy }, { shippedCalendars }] =
    await Promise.all([
      import("./rules-file.ts"),
      import("./cases-file.ts"),
      import("@ithaca/policy/cases"),
      import("@ithaca/policy"),
    ]);
  const file = readRulesFile(path);
  const kept = shippedCalendars().filter(({ id }) => !file.calendars.some((calendar) => calendar.id === id));
  checkRules(path, file, kept, now);
  return tryPolicy(file.policy, [...file.calendars, ...kept], readCasesFile(cases ?? casesBeside(path), file.policy));
}

function writeTried(world: World, tried: readonly TriedCase[]): void {
  writeTable(
    world.out,
    [
      { head: "", cell: ({ differs }) => (differs.length === 0 ? "ok" : "FAILED") },
      { head: "CASE", cell: ({ name }) => name },
      { head: "PRIORITY", cell: ({ actual }) => actual.priority },
      { head: "TEAM", cell: ({ actual }) => actual.team },
      { head: "DUE", cell: ({ actual }) => written("due", actual.due) },
      { head: "OTHERWISE", cell: otherwise },
    ],
    tried,
  );
}

/** What came out otherwise: "priority critical was expected, it is high by critical-elsewhere". */
function otherwise({ differs, expected, actual }: TriedCase): string {
  const byRule: Partial<Record<string, string | null>> = {
    priority: actual.rules.classification,
    flag: actual.rules.classification,
    team: actual.rules.routing,
    due: actual.rules.target,
    escalatesTo: actual.rules.escalation,
  };
  return differs
    .map((field) => {
      const rule = byRule[field];
      const by = rule === undefined || rule === null ? "" : ` by ${rule}`;
      return `${field} ${written(field, expected[field])} was expected, it is ${written(field, actual[field])}${by}`;
    })
    .join("; ");
}

function written(field: keyof TriedCase["expected"], value: TriedCase["expected"][typeof field]): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return field === "due" ? toIso(value as Instant) : String(value);
}

function asJson({ name, differs, expected, actual }: TriedCase) {
  const { due } = expected;
  const isAsExpected = differs.length === 0;
  const dueAt = due === undefined ? {} : { due: due && toIso(due) };
  return {
    name,
    passed: isAsExpected,
    differs,
    expected: { ...expected, ...dueAt },
    actual: { ...actual, due: actual.due && toIso(actual.due) },
  };
}
