import {
  AccountId,
  Address,
  ATTACHMENTS_MAX,
  AttachmentReference,
  AuthenticationVerdict,
  CaseId,
  CaseNumber,
  Code,
  Instant,
  Language,
  MailEvidence,
  Message,
  MessageId,
  Name,
  Subject,
  Text,
} from "@ithaca/domain";
import * as z from "zod/mini";

/** The longest id that a channel may give a message: what RFC 5322 allows a line. */
export const CHANNEL_MESSAGE_ID_MAX_LENGTH = 998;

/** Who wrote a message, as the channel knows it. A customer's own sign-in says it for them. */
const Sender = z.strictObject({ address: Address, name: z.optional(Name), accountId: z.optional(AccountId) });

const Verdicts = z.strictObject({
  spf: AuthenticationVerdict,
  dkim: AuthenticationVerdict,
  dmarc: AuthenticationVerdict,
});

/** What came with a message from a channel that can be forged; as the domain has it, but unknown fields are refused. */
const Evidence = z.strictObject({ ...MailEvidence.shape, authentication: z.optional(Verdicts) });

/** A message to the desk: by a channel for its customer, by an agent on somebody's behalf, or by the customer. */
export const SendMessageBody = z.strictObject({
  channel: Code,
  /** The channel's own id of the message, which makes it the same message when it is sent again. */
  channelMessageId: z.string().check(z.minLength(1), z.maxLength(CHANNEL_MESSAGE_ID_MAX_LENGTH)),
  from: z.optional(Sender),
  subject: z.optional(Subject),
  text: Text,
  requestedPriority: z.optional(Code),
  /** The case that the message says it is about; it joins only if its sender may write to it. */
  caseNumber: z.optional(CaseNumber),
  language: z.optional(Language),
  evidence: z.optional(Evidence),
  attachments: z.optional(z.array(z.strictObject(AttachmentReference.shape)).check(z.maxLength(ATTACHMENTS_MAX))),
});

/** What became of a message; the same for ever for the same message or Idempotency-Key. */
export const MessageReceipt = z.object({
  caseId: CaseId,
  number: CaseNumber,
  messageId: MessageId,
  /** Whether it joined a case that was there already. */
  joined: z.boolean(),
  /** Absent while triage is owed. */
  priority: z.optional(Code),
  team: z.optional(Code),
  /** The promise: when the first response is due. */
  dueAt: z.optional(Instant),
  receivedAt: Instant,
});
export type MessageReceipt = z.infer<typeof MessageReceipt>;

/** A message as it is shown on a case. Notes (`internal`) and mail evidence are for agents only. */
export const MessageView = z.pick(Message, {
  id: true,
  direction: true,
  channel: true,
  by: true,
  personId: true,
  subject: true,
  text: true,
  textMissing: true,
  language: true,
  receivedAt: true,
  evidence: true,
  attachments: true,
});
export type MessageView = z.infer<typeof MessageView>;
