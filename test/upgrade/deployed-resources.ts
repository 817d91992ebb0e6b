import { CloudFormationClient, DescribeStackResourcesCommand } from "@aws-sdk/client-cloudformation";

/** What must outlive every deployment: it holds data, or somebody knows it by its name or address. */
const KEPT_TYPES: ReadonlySet<string> = new Set([
  "AWS::DynamoDB::GlobalTable",
  "AWS::S3::Bucket",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::SQS::Queue",
  "AWS::StepFunctions::StateMachine",
  "AWS::Events::EventBus",
  "AWS::ApiGatewayV2::Api",
  "AWS::SNS::Topic",
]);

/** The kept resources of the desk's stacks: the name that AWS knows each by, by stack and logical id. */
export type KeptResources = ReadonlyMap<string, string>;

/** Reads them from a cloud. */
export async function keptResources(endpoint: string): Promise<KeptResources> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new CloudFormationClient({ endpoint, region: "us-east-1", credentials });
  const kept = new Map<string, string>();
  for (const stack of ["IthacaData", "Ithaca"]) {
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: stack }));
    for (const { LogicalResourceId: id, PhysicalResourceId: name, ResourceType: type } of StackResources) {
      if (type !== undefined && KEPT_TYPES.has(type)) kept.set(`${stack} ${id} (${type})`, name ?? "");
    }
  }
  client.destroy();
  if (kept.size === 0) throw new Error("the stacks have nothing that is to be kept: nothing was compared");
  return kept;
}

/** What was there and is now another or gone. */
export function replaced(before: KeptResources, after: KeptResources): string[] {
  return [...before].flatMap(([resource, name]) => {
    const now = after.get(resource);
    if (now === name) return [];
    return [now === undefined ? `${resource} is gone` : `${resource} was ${name} and is ${now}`];
  });
}
