import type { Manifest } from "@ithaca/functions/manifest";
import { manifests } from "@ithaca/infra";
import { describe, expect, test } from "vitest";
import { callsOfFunctions } from "./calls-of-functions.ts";
import { deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

/** What Lambda does in a function's name before and after it runs: reads queue and stream, logs, traces. */
const LAMBDAS_OWN =
  /^(logs|xray):|^sqs:(?!SendMessage$)|^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams)$/;

/** What is granted and is no call of the function's code, by the reason. */
const NO_CALL: Readonly<Record<string, string>> = {
  "s3:ListBucket": "without it S3 answers a missing object as forbidden",
  "publish-facts s3:PutObject": "Lambda itself puts aside the records of the stream that could not be published",
};

const SCHEDULED = new Set<string>(
  manifests.flatMap(({ name, trigger }) => (trigger.kind === "schedule" ? [name] : [])),
);

const { desk } = deskTemplates({ sender: "desk@ithaca.example" });
const granted = grantedByFunction();
const made = await callsOfFunctions();

/** The calls that each function's role allows, by the function's name. */
function grantedByFunction(): Map<string, Set<string>> {
  const policies = resourcesOf(desk, "AWS::IAM::Policy").map(([, { Properties }]) => Properties);
  const entries = resourcesOf(desk, "AWS::Lambda::Function").map(([, { Properties }]) => {
    const role = referred(Properties.Role);
    const actions = policies
      .filter(({ Roles }) => Roles.some((one: unknown) => referred(one) === role))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }: { Action: string }) => Action));
    return [Properties.FunctionName.replace("Ithaca-", ""), new Set<string>(actions)] as const;
  });
  return new Map(entries);
}

describe("the calls that functions make of AWS", () => {
  test.each(manifests)(
    "$name makes some if it needs any, and none that it is not granted",
    ({ name, needs }: Manifest) => {
      const calls = [...(made.get(name) ?? [])];
      expect(calls.length > 0).toBe(needs.length > 0);
      expect(calls.filter((call) => !granted.get(name)?.has(call))).toEqual([]);
    },
  );
});

describe("what functions are granted", () => {
  test.each(manifests.map(({ name }) => [name]))("%s makes some call of each service and kind that it may", (name) => {
    const calls = [...(made.get(name) ?? [])];
    const kinds = new Set(calls.map(kindOf));
    const unused = [...(granted.get(name) ?? [])].filter(
      (action) => isCall(name, action) && !kinds.has(kindOf(action)),
    );
    expect(unused).toEqual([]);
  });

  test("has no call that no function makes", () => {
    const all = new Set([...made.values()].flatMap((calls) => [...calls]));
    const unused = [...granted].flatMap(([name, actions]) =>
      [...actions].filter((action) => isCall(name, action) && !all.has(action)),
    );
    expect([...new Set(unused)]).toEqual([]);
  });
});

function isCall(name: string, action: string): boolean {
  // Lambda itself puts a run of a schedule that failed into the dead letters of the schedule.
  if (action === "sqs:SendMessage" && SCHEDULED.has(name)) return false;
  return !LAMBDAS_OWN.test(action) && !(action in NO_CALL) && !(`${name} ${action}` in NO_CALL);
}

/** Reading and writing are granted as a whole: which of their calls a function makes follows from its data. */
function kindOf(action: string): string {
  const [service = "", call = ""] = action.split(":");
  return `${service} ${/^(Get|BatchGet|Query|List)/.test(call) ? "reads" : "writes"}`;
}
