import * as z from "zod/mini";
import { Actor } from "../access/actor.ts";
import { CaseId } from "../case/case-number.ts";
import { PersonId } from "../person/person.ts";
import { Code, prefixedId } from "../text/code.ts";
import { Address, Language, Name, Subject, Text } from "../text/limits.ts";
import { Instant } from "../time/instant.ts";

export const MessageId = prefixedId("msg");
export type MessageId = z.infer<typeof MessageId>;

/** The most references, attachments and copied addresses that one message carries. */
export const REFERENCES_MAX = 100;
export const ATTACHMENTS_MAX = 50;
export const COPIED_MAX = 50;

/** What the receiving mail server found about the sender's claim to be who the From says. */
export const AuthenticationVerdict = z.enum(["pass", "fail", "none"]);

/** Evidence that came with a message from a channel that can be forged. Absent means that the channel gave none. */
export const MailEvidence = z.object({
  /** RFC 3834: written by a machine; never answered by a machine. */
  automatic: z._default(z.boolean(), false),
  authentication: z.optional(
    z.object({ spf: AuthenticationVerdict, dkim: AuthenticationVerdict, dmarc: AuthenticationVerdict }),
  ),
  messageId: z.optional(z.string().check(z.maxLength(998))),
  references: z._default(z.array(z.string().check(z.maxLength(998))).check(z.maxLength(REFERENCES_MAX)), []),
  copied: z._default(z.array(Address).check(z.maxLength(COPIED_MAX)), []),
  replyTo: z.optional(Address),
});
export type MailEvidence = z.infer<typeof MailEvidence>;

/**
 * A file that belongs to a message; its bytes are in the content bucket under its id. It belongs to the channel that named it
 * first, and no other can name it.
 */
export const AttachmentReference = z.object({
  id: prefixedId("file"),
  name: Name,
  contentType: z.string().check(z.maxLength(127)),
  sizeBytes: z.int().check(z.gte(0)),
});
export type AttachmentReference = z.infer<typeof AttachmentReference>;

/** Which way a message went: from a customer, to a customer, or among agents only. */
export const Direction = z.enum(["inbound", "outbound", "internal"]);
export type Direction = z.infer<typeof Direction>;

/** What stands in the place of a text that is not to be found. */
export const MISSING_TEXT = "The text of this message is missing.";

/** What was written or said, either way. Content: it can be redacted without touching a fact. */
export const Message = z.object({
  id: MessageId,
  caseId: CaseId,
  direction: Direction,
  channel: Code,
  by: Actor,
  personId: z.optional(PersonId),
  subject: z.optional(Subject),
  text: Text,
  /** The text was not to be found where it is kept: what stands in its place nobody wrote. Never stored. */
  textMissing: z.optional(z.literal(true)),
  language: z.optional(Language),
  receivedAt: Instant,
  channelMessageId: z.optional(z.string().check(z.maxLength(998))),
  evidence: z.optional(MailEvidence),
  attachments: z.array(AttachmentReference).check(z.maxLength(ATTACHMENTS_MAX)),
});
export type Message = z.infer<typeof Message>;
