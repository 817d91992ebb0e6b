import { Failure } from "../failure.ts";

/** The outputs of the stacks of a desk, by name. */
export type StackOutputs = Readonly<Record<string, string>>;

/** The name that the stack bears unless it is given another. */
export const STACK_DEFAULT = "Ithaca";

/** What must be there to speak of a stack at all. */
const DATA_STACK_SUFFIX = "Data";

/** Reads the outputs of a desk's two stacks, `<stack>` and `<stack>Data`. The SDK honours AWS_ENDPOINT_URL. */
export async function readStackOutputs(stack: string): Promise<StackOutputs> {
  // The SDK takes a while to load: only commands that talk to AWS load it.
  const { CloudFormationClient, DescribeStacksCommand } = await import("@aws-sdk/client-cloudformation");
  const client = new CloudFormationClient({});
  const outputsOf = async (name: string) => {
    try {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
      return Stacks.flatMap(({ Outputs = [] }) => Outputs);
    } catch (error) {
      if (error instanceof Error && error.message.includes("does not exist")) return [];
      throw error;
    }
  };

  try {
    const outputs = (await Promise.all([`${stack}${DATA_STACK_SUFFIX}`, stack].map(outputsOf))).flat();
    if (outputs.length === 0) throw new Failure(`There is no stack ${stack} in this account and region.`);
    return Object.fromEntries(outputs.map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
  } finally {
    client.destroy();
  }
}

/** One output. Throws a Failure when the stack has none of this name. */
export function outputOf(outputs: StackOutputs, name: string): string {
  const value = outputs[name];
  if (value === undefined) throw new Failure(`The stack has no output ${name}.`);
  return value;
}
