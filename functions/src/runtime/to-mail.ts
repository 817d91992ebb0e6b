import { SESClient, SendRawEmailCommand } from "@aws-sdk/client-ses";
import type { Mail } from "./ports.ts";
import { SDK_CLIENT } from "./sdk-client.ts";

/** Connects a function to SES. Its raw form keeps every header of a mail, which the newer API does not. */
export function toMail(): { readonly mail: Mail } {
  const ses = new SESClient(SDK_CLIENT);
  return {
    mail: {
      async send({ from, to, raw }) {
        const { MessageId: id } = await ses.send(
          new SendRawEmailCommand({ Source: from, Destinations: [to], RawMessage: { Data: raw } }),
        );
        if (id === undefined) throw new Error("SES took a mail and gave it no id");
        return id;
      },
    },
  };
}
