import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from "@aws-sdk/client-sesv2";
import { paginateListSubscriptionsByTopic, SNSClient } from "@aws-sdk/client-sns";
import { instant } from "@ithaca/domain";
import { Failure } from "../../failure.ts";
import type { World } from "../../world.ts";
import { outputOf, type StackOutputs } from "../stack-outputs.ts";
import type { Account } from "./account.ts";

/** What SNS tells instead of an ARN while a subscriber has not confirmed. */
const PENDING = "PendingConfirmation";

/** The account that a stack is deployed in, by the credentials of whoever calls. The SDK honours AWS_ENDPOINT_URL. */
export function awsAccount(
  stack: string,
  outputs: StackOutputs,
  { fetch, env }: Pick<World, "fetch" | "env">,
): Account {
  return {
    stacks: () => stackStatuses([`${stack}Data`, stack]),
    mail: mailStanding,

    concurrency: async () => {
      const { AccountLimit } = await new LambdaClient({}).send(new GetAccountSettingsCommand({}));
      return AccountLimit?.ConcurrentExecutions ?? 0;
    },

    alarms: async () => {
      const client = new CloudWatchClient({});
      const found = [];
      for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, { AlarmNamePrefix: `${stack}-` })) {
        for (const { AlarmName: alarm = "", StateValue: state = "", AlarmDescription: meaning = "" } of MetricAlarms) {
          found.push({ alarm, state, meaning });
        }
      }
      return found;
    },

    subscribers: async () => {
      const client = new SNSClient({});
      let confirmed = 0;
      const topic = { TopicArn: outputOf(outputs, "AlarmTopicArn") };
      for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client }, topic)) {
        confirmed += Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn !== PENDING).length;
      }
      return confirmed;
    },

    time: async () => {
      const { headers } = await fetch(env.ITHACA_API || outputOf(outputs, "ApiUrl"));
      const date = headers.get("date");
      if (date === null) throw new Failure("the API does not say what time it is");
      return instant(Date.parse(date));
    },
  };
}

async function stackStatuses(names: readonly string[]) {
  const client = new CloudFormationClient({});
  return await Promise.all(
    names.map(async (stack) => {
      const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stack }));
      return { stack, status: Stacks?.[0]?.StackStatus ?? "missing" };
    }),
  );
}

async function mailStanding(from: string) {
  const client = new SESv2Client({});
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const [account, ...verified] = await Promise.all([
    client.send(new GetAccountCommand({})),
    isVerified(client, from),
    isVerified(client, domain),
  ]);
  return {
    verified: verified.includes(true),
    sandbox: account.ProductionAccessEnabled !== true,
    enabled: account.SendingEnabled === true,
    perDay: account.SendQuota?.Max24HourSend ?? 0,
    sentInADay: account.SendQuota?.SentLast24Hours ?? 0,
    perSecond: account.SendQuota?.MaxSendRate ?? 0,
  };
}

async function isVerified(client: SESv2Client, identity: string): Promise<boolean> {
  try {
    const found = await client.send(new GetEmailIdentityCommand({ EmailIdentity: identity }));
    return found.VerifiedForSendingStatus === true;
  } catch (error) {
    if (error instanceof NotFoundException) return false;
    throw error;
  }
}
