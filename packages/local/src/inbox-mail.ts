import { waitUntil } from "./wait-until.ts";

/** A mail as it lies in the inbox. */
export interface InboxMail {
  readonly subject: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What the inbox's own API answers, as far as it is read here. */
interface MaildevMail {
  readonly subject?: string;
  readonly text?: string;
  readonly headers?: Record<string, unknown>;
  readonly to?: readonly { readonly address: string }[];
  readonly envelope?: { readonly to?: readonly { readonly address: string }[] };
}

/** All mail in the inbox that went to an address, oldest first. */
export async function mailTo(inboxUrl: string, address: string): Promise<readonly InboxMail[]> {
  const response = await fetch(`${inboxUrl}/api/email`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the inbox answered ${response.status}`);
  const all = (await response.json()) as readonly MaildevMail[];
  return all.map(readMail).filter(({ to }) => to.includes(address));
}

/** Waits until a mail to an address is there that is like `wanted`. Throws when it does not come in time. */
export function awaitMail(
  inboxUrl: string,
  address: string,
  wanted: (mail: InboxMail) => boolean,
  timeoutSeconds: number,
): Promise<InboxMail> {
  return waitUntil(
    `the mail to ${address}`,
    timeoutSeconds,
    async () => (await mailTo(inboxUrl, address)).find(wanted),
    200,
  );
}

function readMail({ subject = "", text = "", headers = {}, to = [], envelope }: MaildevMail): InboxMail {
  const recipients = [...to, ...(envelope?.to ?? [])].map(({ address }) => address.toLowerCase());
  return { subject, text, headers, to: [...new Set(recipients)] };
}
