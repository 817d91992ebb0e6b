import type {
  App,
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from "aws-cdk-lib";
import { AwsSolutionsChecks, HIPAASecurityChecks, type NagPack, ServerlessChecks } from "cdk-nag";
import { ACKNOWLEDGEMENTS, type Acknowledgement } from "./acknowledgements.ts";

/** One resource that a rule does not like. */
export interface Finding {
  /** The rule's id, and in brackets what it found where it tells more. */
  readonly rule: string;
  /** The construct's path, with its stack. */
  readonly path: string;
  readonly description: string;
}

function packs(app: App): NagPack[] {
  return [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app), new ServerlessChecks(app)];
}

/** Every finding in an app, explained or not. */
export function findingsIn(app: App): Finding[] {
  return packs(app).flatMap((pack) => findingsOf(pack.validateScope(app).violations));
}

/** The acknowledgement that explains a finding, if there is one. */
export function explanationOf({ rule, path }: Finding): Acknowledgement | undefined {
  const [, id, told] = /^([^[]+)(?:\[(.*)\])?$/s.exec(rule) ?? [];
  const withinStack = path.slice(path.indexOf("/") + 1);
  return ACKNOWLEDGEMENTS.find(
    (one) => one.rule === id && one.on.test(withinStack) && (one.finding === undefined || one.finding.test(told ?? "")),
  );
}

/** The rule packs as plugins of CDK's validation: a finding that nobody has explained ends the synthesis. */
export function explainedPacks(app: App): IPolicyValidationPlugin[] {
  return packs(app).map((pack) => ({
    name: pack.name,
    validate: (context) => unexplained(pack, context),
  }));
}

function unexplained(pack: NagPack, context: IPolicyValidationContext): PolicyValidationPluginReport {
  const { violations } = pack.validate(context);
  const left = violations.flatMap((violation): PolicyViolation[] => {
    const resources = violation.violatingResources?.filter(
      ({ constructPath = "" }) =>
        explanationOf({ rule: violation.ruleName, path: constructPath, description: "" }) === undefined,
    );
    return resources === undefined || resources.length === 0 ? [] : [{ ...violation, violatingResources: resources }];
  });
  return { success: left.length === 0, violations: left };
}

function findingsOf(violations: PolicyValidationPluginReport["violations"]): Finding[] {
  return violations.flatMap(({ ruleName: rule, description, violatingResources = [] }) =>
    violatingResources.map(({ constructPath: path = "" }) => ({ rule, path, description })),
  );
}
