import { pages } from "@ithaca/contracts";

/** A finding of a rule pack that is as we want it, and why. */
export interface Acknowledgement {
  /** The rule's id; findings of one rule that tell more are told apart by what stands in brackets behind it. */
  readonly rule: string;
  /** What the brackets hold, for a rule that has them. */
  readonly finding?: RegExp;
  /** Which constructs, by their path in the app without the stack: nothing else is acknowledged. */
  readonly on: RegExp;
  readonly because: string;
}

const BUCKET = /^(Content|Unpublished)\/Resource$/;
const USERS = /^SignIn\/Users\/Resource$/;
const FUNCTION = /^[a-z-]+\/Function\/Resource$/;
const ROLE_POLICY = /\/Role\/DefaultPolicy\/Resource$/;
const DEAD_LETTERS = /\/DeadLetters\/Resource$/;

/**
 * Everything that cdk-nag's packs AwsSolutions, HIPAA Security and Serverless find in the desk's stacks. A finding that
 * is not here fails the synthesis for AWS; one that is here and is no longer found fails a test.
 */
export const ACKNOWLEDGEMENTS: readonly Acknowledgement[] = [
  {
    rule: "AwsSolutions-S1",
    on: BUCKET,
    because:
      "only the desk's functions read and write, each of which logs; CloudTrail's data events tell more than access logs, and whether to pay for them is the account's to say",
  },
  {
    rule: "HIPAA.Security-S3BucketLoggingEnabled",
    on: BUCKET,
    because:
      "as AwsSolutions-S1: CloudTrail's data events tell more, and whether to pay for them is the account's to say",
  },
  {
    rule: "HIPAA.Security-S3BucketReplicationEnabled",
    on: BUCKET,
    because:
      "versions make good what is deleted or overwritten; for a lost region there is `ithaca export`, which holds the table too and is consistent with it",
  },
  {
    rule: "HIPAA.Security-S3DefaultEncryptionKMS",
    on: BUCKET,
    because:
      "encrypted with keys of S3: a key of KMS would add a call and its price to each object, and give access to nobody whom the policies do not",
  },
  {
    rule: "AwsSolutions-COG1",
    on: USERS,
    because:
      "twelve characters at least and no rules of composition, as NIST SP 800-63B advises; Cognito refuses what has leaked only in the Plus plan",
  },
  {
    rule: "AwsSolutions-COG2",
    on: USERS,
    because:
      "a second factor is offered to everybody; whether it is required is for the desk to say once its people have one",
  },
  {
    rule: "AwsSolutions-COG8",
    on: USERS,
    because: "the Plus plan is paid for each user and month; a desk that wants its threat protection switches it on",
  },
  {
    rule: "AwsSolutions-APIG4",
    on: new RegExp(`^Api/(${Object.keys(pages).join("|")})/Resource$`),
    because:
      "the contracts say that it is a page for anybody: nothing of a case or a customer is on it, and its rate has limits of its own",
  },
  {
    rule: "AwsSolutions-IAM5",
    finding: /^Resource::\*$/,
    on: ROLE_POLICY,
    because:
      "X-Ray and deliveries of vended logs have no resources to name; test/infra/permissions.test.ts lists these calls and refuses any other",
  },
  {
    rule: "AwsSolutions-IAM5",
    finding: /^Resource::.*\/\*$/,
    on: ROLE_POLICY,
    because:
      "every object of one bucket, and mail from one address under whichever identity of the account is verified for it",
  },
  {
    rule: "HIPAA.Security-IAMNoInlinePolicy",
    on: ROLE_POLICY,
    because:
      "a function's role is its own and so is its policy: one that is attached could be shared, and would outlive what it is for",
  },
  {
    rule: "AwsSolutions-SF1",
    on: /^CaseTimer\/Machine\/Resource$/,
    because:
      "a timer waits and sends one message; its errors are logged, its start and its ring are on the case, and a log of all events would cost more than the timers",
  },
  {
    rule: "AwsSolutions-SQS3",
    on: DEAD_LETTERS,
    because:
      "it is where runs of a schedule end that failed: a dead-letter queue that no redrive policy names, but the rule and the function do",
  },
  { rule: "Serverless-SQSRedrivePolicy", on: DEAD_LETTERS, because: "it is a dead-letter queue itself" },
  {
    rule: "HIPAA.Security-SNSEncryptedKMS",
    on: /^Alarms\/Topic\/Resource$/,
    because:
      "alarms tell names and numbers of the desk's parts and nothing of a case; CloudWatch cannot send to a topic under the key that AWS manages, and a key of one's own costs each month",
  },
  {
    rule: "HIPAA.Security-CloudWatchLogGroupEncrypted",
    on: /(Logs|AccessLogs)\/Resource$/,
    because:
      "encrypted with keys of CloudWatch Logs; a line never holds what people wrote, only ids, codes and numbers",
  },
  {
    rule: "HIPAA.Security-LambdaConcurrency",
    on: FUNCTION,
    because:
      "the queue of a reaction limits how many run at once, the API's stage how many are asked; concurrency that is reserved for one is taken from all others",
  },
  {
    rule: "HIPAA.Security-LambdaDLQ",
    on: FUNCTION,
    because:
      "a function's own dead letters are for calls that nobody waits for; only schedules make those, and theirs go to a destination that tells more",
  },
  {
    rule: "Serverless-LambdaDLQ",
    on: FUNCTION,
    because: "as HIPAA.Security-LambdaDLQ: schedules have a destination, queues a redrive policy, the stream a bucket",
  },
  {
    rule: "Serverless-LambdaEventSourceMappingDestination",
    on: /SqsEventSource:.*\/Resource$/,
    because:
      "what a function cannot do of a queue goes to the queue's own dead letters; a mapping of SQS has no other end",
  },
  {
    rule: "HIPAA.Security-LambdaInsideVPC",
    on: FUNCTION,
    because:
      "functions speak to AWS's services alone, over TLS and by their roles; nothing of the desk is in a network that one could be inside of",
  },
];
