import { explainedPacks } from "@ithaca/infra/checks/explained-packs";
import { type CfnResource, Validations } from "aws-cdk-lib";
import { describe, expect, test } from "vitest";
import { appWithoutBundles } from "./desk-templates.ts";

/** The validation reads the schema of every resource type first. */
const VALIDATION_TIMEOUT_MS = 120_000;

describe("the templates", { timeout: VALIDATION_TIMEOUT_MS }, () => {
  test.each([
    ["AWS", { account: "123456789012", region: "eu-central-1", sender: "desk@ithaca.example" }],
    ["the local cloud", { local: "true" }],
  ])("for %s are such that CloudFormation takes them", (_, context) => {
    const app = appWithoutBundles(context);
    // What goes to AWS has to pass the rule packs too.
    if (!("local" in context)) Validations.of(app).addPlugins(...explainedPacks(app));
    const { stacks } = app.synth();
    expect(stacks.map(({ stackName }) => stackName).toSorted()).toEqual(["Ithaca", "IthacaData"]);
  });

  test("with a name that DynamoDB would refuse are refused before they are deployed", () => {
    const app = appWithoutBundles();
    const table = app.node.findChild("IthacaData").node.findChild("Table").node.defaultChild as CfnResource;
    table.addPropertyOverride("GlobalSecondaryIndexes.0.IndexName", "g1");
    expect(() => app.synth()).toThrow();
  });
});
