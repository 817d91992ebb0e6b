import type { ClassificationRule, Policy, ReviewFlag } from "../policy/policy.ts";
import { priorityOf } from "../policy/rulebook.ts";
import { subjectWord } from "./subject-word.ts";

/** What classification goes by. */
export interface Classifiable {
  channel: string;
  requestedPriority: string;
  subject?: string | undefined;
}

export interface Classification {
  requested: string;
  priority: string;
  rule: ClassificationRule;
  flag?: ReviewFlag;
}

/** The first rule that matches decides; a policy without a matching rule is refused when it is loaded. */
export function classify(policy: Policy, message: Classifiable): Classification {
  const rule = policy.classification.find((candidate) => matches(candidate, message));
  if (rule === undefined) throw new Error(`policy ${policy.version} has no classification rule for this message`);

  return {
    requested: message.requestedPriority,
    priority: rule.priority === "as-requested" ? message.requestedPriority : rule.priority,
    rule,
    ...(rule.flag !== undefined && { flag: rule.flag }),
  };
}

/** What somebody asked for, or the policy's default where they asked for nothing that the policy has. */
export function requestedPriority(policy: Policy, asked: string | undefined): string {
  return asked !== undefined && priorityOf(policy, asked) !== undefined ? asked : policy.defaultPriority;
}

function matches({ when }: ClassificationRule, message: Classifiable): boolean {
  if (when.channel !== undefined && !when.channel.includes(message.channel)) return false;
  if (when.requestedPriority !== undefined && !when.requestedPriority.includes(message.requestedPriority)) return false;
  return when.subjectWord === undefined || when.subjectWord === subjectWord(message.subject ?? "");
}
