import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { NoAnswer } from "./no-answer.ts";
import type { Mail } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

const BROKEN_OFF: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT"]);

/**
 * Connects a function to SES. Its raw form keeps every header of a mail, which the newer API does not. Throws NoAnswer
 * when the mail may have gone out all the same, and any other error when it has not.
 */
export function toMail(): { readonly mail: Mail } {
  // A client that asks again by itself, because an answer was lost, would send a mail twice (threats.md, 23).
  const ses = new SESClient({ ...SDK_CLIENT, maxAttempts: 1 });
  return {
    mail: {
      async send({ from, to, raw }) {
        const command = new SendRawEmailCommand({ Source: from, Destinations: [to], RawMessage: { Data: raw } });
        const { MessageId: id } = await ses.send(command).catch((error: unknown) => {
          throw isUnanswered(error) ? new NoAnswer("whether SES took a mail is not known", { cause: error }) : error;
        });
        if (id === undefined) throw new Error("SES took a mail and gave it no id");
        return id;
      },
    },
  };
}

/** A connection that broke or was given up once it stood; what it was asked for may have arrived. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === "TimeoutError") return !error.message.includes("did not establish a connection");
  return "code" in error && BROKEN_OFF.has(error.code);
}
