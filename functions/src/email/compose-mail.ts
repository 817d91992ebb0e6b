import { type Instant, SECOND_MS } from "@ithaca/domain";
import MailComposer from "nodemailer/lib/mail-composer";
import type { MailText } from "./mail-text.ts";

/** Who speaks: a machine that answers a mail, a machine by itself, or a person (RFC 3834). */
export type Voice = "auto-replied" | "auto-generated" | "person";

/** A mail that is written, with all that its headers need. */
export interface Outgoing extends MailText {
  readonly from: string;
  /** One address. */
  readonly to: string;
  readonly voice: Voice;
  /** The effect that this mail carries out: it names the mail until SES gives it a Message-ID of its own. */
  readonly effectId: string;
  readonly at: Instant;
  /** The Message-ID of the mail that this one answers. */
  readonly inReplyTo?: string | undefined;
}

/** By this header our own mail is known when it comes back to us (threats.md, 10). */
const LOOP_HEADER = "X-Ithaca-Loop";

const MESSAGE_ID = /^<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>$/;

/**
 * A mail as bytes, all of them 7-bit: SES's raw form takes no others. SendRawEmail cannot send from the null address, so
 * what keeps machines from answering is in the headers alone.
 */
export async function composeMail(mail: Outgoing): Promise<Uint8Array> {
  const { inReplyTo } = mail;
  const threads = inReplyTo !== undefined && MESSAGE_ID.test(inReplyTo);
  const composer = new MailComposer({
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text.replaceAll(/\r\n?|\n/g, "\r\n"),
    textEncoding: "quoted-printable",
    // A mail is dated to the second.
    date: new Date(mail.at - (mail.at % SECOND_MS)),
    messageId: `<${mail.effectId}@${domainOf(mail.from)}>`,
    headers: headersOf(mail),
    ...(threads && { inReplyTo, references: inReplyTo }),
    // What an agent writes is text: a path or an address in it is never fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}

/** "All" would also keep back a notice that a reply could not be delivered. */
function headersOf({ voice, effectId }: Outgoing): Record<string, string> {
  if (voice === "person") return { [LOOP_HEADER]: effectId, "X-Auto-Response-Suppress": "OOF, AutoReply" };
  return { [LOOP_HEADER]: effectId, "Auto-Submitted": voice, "X-Auto-Response-Suppress": "All" };
}

/** The bare address of a From, which may carry a name: "Support <desk@example.com>". */
export function bareAddress(from: string): string {
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? from).trim().toLowerCase();
}

function domainOf(from: string): string {
  return bareAddress(from).split("@").at(-1) ?? "";
}
