import { PolicyBody, PreviewBody, readPart } from "@ithaca/contracts";
import { Calendar, Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";

const proposal = {
  policy: z.encode(Policy, shippedRules.policy),
  calendars: shippedRules.calendars.map((calendar) => z.encode(Calendar, calendar)),
};
const placed = { basedOn: 1, inForceFrom: "2026-12-01T00:00:00Z", reason: "Trial" };

/** The proposal with a field more, at a path: "policy.teams.0". */
function withField(path: string): object {
  const copy = structuredClone(proposal);
  let at = copy as unknown as Record<string, unknown>;
  for (const step of path.split(".")) at = at[step] as typeof at;
  at.misspelt = 1;
  return copy;
}

describe.each([
  ["previewed", PreviewBody, {}],
  ["applied", PolicyBody, placed],
] as const)("when rules are to be %s", (_, schema, beside) => {
  test("all that the policy and its calendars hold is taken", () => {
    const read = readPart(schema, { ...proposal, ...beside });
    expect(read.ok && read.value.policy).toEqual(shippedRules.policy);
    expect(read.ok && read.value.calendars).toEqual(shippedRules.calendars);
  });

  test.each([
    "policy",
    "policy.teams.0",
    "policy.routing.0.when",
    "policy.targets.0.when",
    "calendars.0",
    "calendars.1.holidays.0",
  ])(
    "a field of %s that nobody knows is refused by its path, for a misspelt condition would match everything",
    (path) => {
      const read = readPart(schema, { ...withField(path), ...beside });
      expect(read).toEqual({ ok: false, errors: [{ path: `${path}.misspelt`, message: "is not a known field" }] });
    },
  );

  test.each(["policy.targets.0.length", "policy.targets.0.warnings.0", "calendars.1.holidays.0.source"])(
    "a field too many of %s, which has several shapes, is refused there",
    (path) => {
      const read = readPart(schema, { ...withField(path), ...beside });
      expect(!read.ok && read.errors.map((error) => error.path)).toEqual([expect.stringContaining(path)]);
    },
  );

  test("limits hold as before", () => {
    const read = readPart(schema, { ...proposal, ...beside, policy: { ...proposal.policy, teams: [] } });
    expect(!read.ok && read.errors).toMatchObject([{ path: "policy.teams" }]);
  });
});
