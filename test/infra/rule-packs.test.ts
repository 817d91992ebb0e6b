import { ACKNOWLEDGEMENTS } from "@ithaca/infra/checks/acknowledgements";
import { explainedPacks, explanationOf, findingsIn } from "@ithaca/infra/checks/explained-packs";
import { Validations } from "aws-cdk-lib";
import { describe, expect, test, vi } from "vitest";
import { appWithoutBundles } from "./desk-templates.ts";

const ON_AWS = { account: "123456789012", region: "eu-central-1", sender: "desk@ithaca.example" };

const findings = findingsIn(appWithoutBundles(ON_AWS));

describe("the rule packs AwsSolutions, HIPAA Security and Serverless", () => {
  test("find something in the desk's stacks, and nothing that is not explained", () => {
    expect(findings.length).toBeGreaterThan(ACKNOWLEDGEMENTS.length);
    expect(findings.filter((finding) => explanationOf(finding) === undefined)).toEqual([]);
  });

  test.each(ACKNOWLEDGEMENTS.map((one) => [one.rule, one] as const))(
    "%s is acknowledged with a reason, for something that is found",
    (_, acknowledgement) => {
      expect(acknowledgement.because.length).toBeGreaterThan(20);
      expect(findings.filter((finding) => explanationOf(finding) === acknowledgement)).not.toEqual([]);
    },
  );

  test("see a queue that takes what was not sent by TLS, and fail the synthesis", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const app = appWithoutBundles(ON_AWS);
    Validations.of(app).addPlugins(...explainedPacks(app));
    app.node
      .findChild("Ithaca")
      .node.findChild("send-mail-queue")
      .node.findChild("Queue")
      .node.tryRemoveChild("Policy");

    const unexplained = findingsIn(app).filter((finding) => explanationOf(finding) === undefined);
    expect(unexplained.map(({ rule }) => rule)).toContain("AwsSolutions-SQS4");
    expect(() => app.synth()).toThrow();
  });
});
