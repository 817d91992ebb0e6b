import { Code, Instant, Name, type Policy, ReviewFlag, Subject } from "@ithaca/domain";
import * as z from "zod/mini";
import type { PolicyFault } from "../policy-fault.ts";

/** The most cases that a file holds. */
export const CASES_MAX = 1_000;

const Expectation = z
  .strictObject({
    priority: z.optional(Code),
    /** The team that it goes to. */
    team: z.optional(Code),
    /** When the first response is due; null: nothing is promised. */
    due: z.optional(z.nullable(Instant)),
    /** Somebody is woken by it at once: it is urgent, and its sender may. */
    pages: z.optional(z.boolean()),
    /** Why a person should look at it; null: no reason. */
    flag: z.optional(z.nullable(ReviewFlag)),
    /** The tier that it goes to when its first response is missed; null: none. */
    escalatesTo: z.optional(z.nullable(z.int())),
  })
  .check(
    z.refine((expected) => Object.keys(expected).length > 0, "expects at least one thing"),
    z.meta({ minProperties: 1 }),
  );

/** A message that opens a case at an instant, and what its author wants a policy to make of it. */
export const PolicyCase = z.strictObject({
  name: Name,
  at: Instant,
  channel: Code,
  subject: z.optional(Subject),
  requestedPriority: z.optional(Code),
  /** What is known of the sender's account; none when left out. */
  account: z.optional(
    z.strictObject({
      id: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
      team: z.optional(Code),
      package: z.optional(Code),
    }),
  ),
  /** Whether they are who they say, and known to the desk; known when left out. */
  sender: z.optional(z.enum(["known", "unknown"])),
  expect: Expectation,
});
export type PolicyCase = z.infer<typeof PolicyCase>;

/** A file of cases. */
export const PolicyCases = z.strictObject({
  /** Where the schema of such a file is, for editors. */
  $schema: z.optional(z.string()),
  cases: z.array(PolicyCase).check(z.minLength(1), z.maxLength(CASES_MAX)),
});
export type PolicyCases = z.infer<typeof PolicyCases>;

/** Names that cases use and a policy does not have: no such message can come. */
export function casesFaults({ cases }: PolicyCases, policy: Policy): PolicyFault[] {
  const { channels, teams, packages } = policy;
  return cases.flatMap(({ channel, account }, index) => [
    ...unknown("channel", channel, channels, `/cases/${index}/channel`),
    ...unknown("team", account?.team, teams, `/cases/${index}/account/team`),
    ...unknown("package", account?.package, packages, `/cases/${index}/account/package`),
  ]);
}

function unknown(
  noun: "channel" | "team" | "package",
  code: string | undefined,
  items: readonly { code: string }[],
  path: string,
): PolicyFault[] {
  const known = items.map((item) => item.code);
  if (code === undefined || known.includes(code)) return [];
  const remedy = known.length === 0 ? "leave it out" : `name one of: ${known.join(", ")}`;
  return [{ code: `unknown-${noun}`, path, problem: `there is no ${noun} ${code}`, remedy }];
}
