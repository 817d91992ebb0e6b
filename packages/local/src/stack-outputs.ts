import { CloudFormationClient, paginateDescribeStacks } from "@aws-sdk/client-cloudformation";
import { LOCAL_REGION } from "./project.ts";

/** What the deployed stacks tell of themselves: every output's value by its name. */
export type StackOutputs = Readonly<Record<string, string>>;

/** The credentials that the local cloud takes, as it takes any. */
export const LOCAL_CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** Reads the outputs of all stacks of the local cloud. Of two outputs with one name the later stack's is taken. */
export async function readStackOutputs(endpoint: string): Promise<StackOutputs> {
  const client = new CloudFormationClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  const outputs: Record<string, string> = {};
  try {
    for await (const { Stacks: stacks = [] } of paginateDescribeStacks({ client }, {})) {
      for (const { OutputKey: name, OutputValue: value } of stacks.flatMap((stack) => stack.Outputs ?? [])) {
        if (name !== undefined && value !== undefined) outputs[name] = value;
      }
    }
  } finally {
    client.destroy();
  }
  return outputs;
}

/** One output that must be there. Throws when no stack has it. */
export function requireOutput(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (value === undefined) {
    throw new Error(`no stack has the output ${name}; there are: ${Object.keys(outputs).sort().join(", ") || "none"}`);
  }
  return value;
}
