import { manifests } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { asText, deskTemplates, resourcesOf } from "./desk-templates.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** Calls that cannot be limited to a resource, by the reason. */
const ANY_RESOURCE: ReadonlyMap<string, string> = new Map([
  ["xray:PutTraceSegments", "X-Ray has no resources to name"],
  ["xray:PutTelemetryRecords", "X-Ray has no resources to name"],
  ["xray:GetSamplingRules", "X-Ray has no resources to name"],
  ["xray:GetSamplingTargets", "X-Ray has no resources to name"],
  ["logs:CreateLogDelivery", "deliveries of vended logs have no resources to name"],
  ["logs:GetLogDelivery", "deliveries of vended logs have no resources to name"],
  ["logs:UpdateLogDelivery", "deliveries of vended logs have no resources to name"],
  ["logs:DeleteLogDelivery", "deliveries of vended logs have no resources to name"],
  ["logs:ListLogDeliveries", "deliveries of vended logs have no resources to name"],
  ["logs:PutResourcePolicy", "resource policies of logs belong to the account"],
  ["logs:DescribeResourcePolicies", "resource policies of logs belong to the account"],
  ["logs:DescribeLogGroups", "log groups are described as a list"],
]);

/** Resources that end in a wildcard, by the reason. */
const WILDCARDS: readonly { readonly ending: RegExp; readonly because: string }[] = [
  { ending: /^bucket\/\*$/, because: "every object of one bucket" },
  { ending: /:identity\/\*$/, because: "the sender is verified by its address or by its domain; a condition names it" },
];

const { desk } = deskTemplates({ sender: "desk@ithaca.example" });
const policies = resourcesOf(desk, "AWS::IAM::Policy");
const statements = policies.flatMap(([id, { Properties }]) =>
  Properties.PolicyDocument.Statement.map((statement: Statement) => [id, statement] as const),
) as (readonly [string, Statement])[];

function listed<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? value : [value as Item];
}

describe("what a function may do", () => {
  test("is told in policies of its own, none of them managed by somebody else", () => {
    for (const [, { Properties }] of resourcesOf(desk, "AWS::IAM::Role")) {
      expect(Properties.ManagedPolicyArns).toBeUndefined();
    }
    expect(statements.length).toBeGreaterThan(manifests.length);
  });

  test.each(statements)("%s names each call", (_, { Effect, Action }) => {
    expect(Effect).toBe("Allow");
    expect(listed(Action).filter((action) => action.includes("*"))).toEqual([]);
  });

  test.each(statements)("%s names the resources, but where a call has none", (_, { Action, Resource }) => {
    if (!listed(Resource).includes("*")) return;
    expect(listed(Action).filter((action) => !ANY_RESOURCE.has(action))).toEqual([]);
  });

  test.each(statements)("%s has no wildcard in a resource without a reason", (_, { Resource }) => {
    const wild = listed(Resource)
      .map((resource) => asText(resource, "bucket"))
      .filter((resource) => resource !== "*" && resource.includes("*"));
    expect(wild.filter((resource) => !WILDCARDS.some(({ ending }) => ending.test(resource)))).toEqual([]);
  });
});

describe("mail", () => {
  const sending = ([, { Action }]: readonly [string, Statement]) => listed(Action).includes("ses:SendRawEmail");

  test("is sent by one function, from the desk's address only", () => {
    expect(statements.filter(sending).map(([, { Condition }]) => Condition)).toEqual([
      { StringEquals: { "ses:FromAddress": "desk@ithaca.example" } },
    ]);
  });

  test("may be sent by nobody while the desk has no address", () => {
    const silent = deskTemplates().desk;
    const granted = resourcesOf(silent, "AWS::IAM::Policy").flatMap(([, { Properties }]) =>
      Properties.PolicyDocument.Statement.flatMap(({ Action }: Statement) => listed(Action)),
    );
    expect(granted).not.toContain("ses:SendRawEmail");
    const senders = resourcesOf(silent, "AWS::Lambda::Function").flatMap(
      ([, { Properties }]) => Properties.Environment.Variables.MAIL_FROM ?? [],
    );
    expect(senders).toEqual([""]);
  });
});
