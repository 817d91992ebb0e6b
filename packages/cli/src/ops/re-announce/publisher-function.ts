import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod/mini";
import { Failure } from "../../failure.ts";
import type { Publisher } from "./re-announce.ts";

/** What the publisher answers: the records that it could not publish, by the numbers that they were given here. */
const Answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** The publisher of a stack, called as the table's stream calls it. The SDK honours AWS_ENDPOINT_URL. */
export function publisherFunction(stack: string): Publisher {
  const lambda = new LambdaClient({});
  return {
    publish: async (images) => {
      const records = images.map((image, at) => ({
        eventName: "INSERT",
        dynamodb: { SequenceNumber: String(at), NewImage: image },
      }));
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({
          FunctionName: `${stack}-publish-facts`,
          Payload: new TextEncoder().encode(JSON.stringify({ Records: records })),
        }),
      );
      if (FunctionError !== undefined) throw new Failure("The publisher failed: its log says why.");
      const answer = z.parse(Answer, JSON.parse(new TextDecoder().decode(Payload)));
      return answer.batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
    },
  };
}
