import type { Need } from "@ithaca/functions/manifest";
import { type IRole, PolicyStatement } from "aws-cdk-lib/aws-iam";

/** What the functions' needs are about, by ARN. */
export interface Grantable {
  readonly table: string;
  /** The table's indexes. */
  readonly indexes: readonly string[];
  readonly content: string;
  readonly bus: string;
  /** The verified identities that mail can come from. */
  readonly mailIdentities: string;
  /** The only address that mail may come from; "" where mail is off. */
  readonly sender: string;
  readonly timer: string;
  readonly wakeUps: string;
  readonly previews: string;
  /** The queues of what reacts to owed effects. */
  readonly reactions: readonly string[];
}

/** Some calls, on some resources, perhaps on a condition. */
interface Permission {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a need allows; the one place where a call of AWS is granted to a function. A transaction asks for its parts. */
const PERMISSIONS: Readonly<Record<Need, (on: Grantable) => readonly Permission[]>> = {
  "table.read": ({ table, indexes }) => [
    { actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem"], resources: [table] },
    { actions: ["dynamodb:Query"], resources: [table, ...indexes] },
  ],
  "table.write": ({ table }) => [{ actions: ["dynamodb:PutItem", "dynamodb:UpdateItem"], resources: [table] }],
  "table.delete": ({ table }) => [{ actions: ["dynamodb:DeleteItem"], resources: [table] }],
  "content.read": ({ content }) => [
    { actions: ["s3:GetObject"], resources: [`${content}/*`] },
    // Without it a missing object is answered as forbidden.
    { actions: ["s3:ListBucket"], resources: [content] },
  ],
  "content.write": ({ content }) => [{ actions: ["s3:PutObject"], resources: [`${content}/*`] }],
  "events.publish": ({ bus }) => [{ actions: ["events:PutEvents"], resources: [bus] }],
  "mail.send": ({ sender, mailIdentities }) =>
    sender === ""
      ? []
      : [
          {
            actions: ["ses:SendRawEmail"],
            resources: [mailIdentities],
            conditions: { StringEquals: { "ses:FromAddress": sender } },
          },
        ],
  "timers.start": ({ timer }) => [{ actions: ["states:StartExecution"], resources: [timer] }],
  "wake-ups.send": ({ wakeUps }) => [{ actions: ["sqs:SendMessage"], resources: [wakeUps] }],
  "previews.send": ({ previews }) => [{ actions: ["sqs:SendMessage"], resources: [previews] }],
  "reactions.send": ({ reactions }) => [{ actions: ["sqs:SendMessage"], resources: reactions }],
};

/** Grants a role exactly what is needed. */
export function grantNeeds(role: IRole, needs: readonly Need[], on: Grantable): void {
  for (const need of needs) {
    for (const { actions, resources, conditions } of PERMISSIONS[need](on)) {
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: [...actions],
          resources: [...resources],
          ...(conditions !== undefined && { conditions }),
        }),
      );
    }
  }
}
