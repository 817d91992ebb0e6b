import middy, { type MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import * as z from "zod/mini";
import type { Connect } from "./connect.ts";
import { type Line, openLine, tellableError, writeLine } from "./line.ts";
import type { Manifest } from "./manifest.ts";

/** So long before the time limit an invocation gives up by itself, so that its line is still written. */
const GIVE_UP_BEFORE_MS = 200;

type InvocationContext = Pick<Context, "awsRequestId" | "getRemainingTimeInMillis">;

/** What a trigger's entry builder makes of an event of its source. */
type Invoke<Event, Result, P> = (event: Event, ports: P, context: InvocationContext, line: Line) => Promise<Result>;

/**
 * A Lambda handler: ports connected once a process and at the first invocation, one line in the log for each. A fault is
 * thrown to whoever invoked, unless `answerFault` makes an answer of it.
 */
export function invocation<M extends Manifest, Event, Result, P>(
  manifest: M,
  connect: Connect<z.output<M["env"]>, P>,
  invoke: Invoke<Event, Result, P>,
  answerFault?: (context: InvocationContext) => Result,
) {
  // Two desks in one account have functions of the same manifests: metrics go by the name that was deployed.
  const line = openLine(process.env.AWS_LAMBDA_FUNCTION_NAME ?? manifest.name, writeLine(manifest.name));
  let ports: P | undefined;
  const connected = () => {
    ports ??= connect(environmentOf(manifest), line);
    return ports;
  };

  return middy<Event, Result>({ timeoutEarlyInMillis: GIVE_UP_BEFORE_MS })
    .use(logged<Event, Result>(line, answerFault))
    .handler((event: Event, context: Context) => invoke(event, connected(), context, line));
}

/** The environment of this process by a manifest's schema. Throws, naming the variable, when it does not fit. */
function environmentOf<M extends Manifest>(manifest: M): z.output<M["env"]> {
  return z.parse<M["env"]>(manifest.env, process.env);
}

function logged<Event, Result>(
  line: Line,
  answerFault: ((context: InvocationContext) => Result) | undefined,
): MiddlewareObj<Event, Result> {
  return {
    before: ({ context }) => line.begin({ requestId: context.awsRequestId ?? "" }),
    after: () => line.end(),
    onError: (request) => {
      line.fault(request.error);
      line.end();
      if (answerFault !== undefined) request.response = answerFault(request.context);
      else if (request.error instanceof Error) request.error = tellableError(request.error);
    },
  };
}
