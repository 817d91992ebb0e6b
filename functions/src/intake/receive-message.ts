import { type Case, type Channel, caseIdOf, caseNumber, RANDOM_NUMBERS, type Rulebook } from "@ithaca/domain";
import type { AppendResult, Claim, IntakeFound } from "@ithaca/store";
import { canonicalHash } from "../runtime/canonical-hash.ts";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, type Idempotency, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { type Decided, decideIntake, type Intake } from "./decide-intake.ts";
import { manifest } from "./receive-message.manifest.ts";
import { type ClaimedSender, claimedSender, identify, type SentMessage, withoutAccount } from "./sender.ts";

/** How often a message is tried that meets a taken number, a changed case, or itself on its way in at the same time. */
const ATTEMPTS_MAX = 10;
/** Those that met once do not meet again at the same instant: in a burst many write to the same counts. */
const PAUSE_MAX_MS = 50;
/** A merge of a merge of a merge: so many are followed. */
const MERGES_FOLLOWED_MAX = 20;

type IntakePorts = Pick<Ports, "cases" | "directory" | "rulebooks" | "clock" | "random" | "newId" | "pause" | "note">;

/** A message that may be taken in, with what stays the same however often it is tried. */
type Incoming = Omit<Intake, "sender" | "account"> & {
  readonly claimed: ClaimedSender;
  readonly channel: Channel | undefined;
  readonly channelMessage: { channel: string; channelMessageId: string; contentHash: string };
  readonly idempotency: Idempotency | undefined;
};

/** Takes a message in: one look-up, one transaction. It joins the case that it names, or opens one. */
export async function receiveMessage(
  asked: Asked<"send-message">,
  ports: IntakePorts,
): Promise<Answer<"send-message">> {
  const { principal, body: message, idempotency, may } = asked;
  const receivedAt = ports.clock();
  const rulebook = await rulebookOrNone(ports);
  const channel = rulebook?.policy.channels.find(({ code }) => code === message.channel);
  if (rulebook !== undefined && channel === undefined) return wrongField("channel", "is no channel of this desk");

  // While no policy can be read, a customer's own sign-in is enough: better a message too many than one lost.
  const resource = { kind: "channel", channel: message.channel, selfService: channel?.selfService ?? true } as const;
  if (!may(resource)) return no("not-there");

  // Nobody but a channel has put files where the desk finds them: an id that anybody else names is somebody else's file.
  if (principal.kind !== "channel" && (message.attachments?.length ?? 0) > 0) {
    return wrongField("attachments", "come by a channel alone: send the words without them");
  }

  const claimed = claimedSender(principal, message);
  if (claimed === undefined) {
    return wrongField("from", principal.kind === "customer" ? "is whoever is signed in" : "is missing");
  }

  const incoming: Incoming = {
    principal,
    message,
    messageId: ports.newId("msg"),
    receivedAt,
    rulebook,
    channel,
    claimed,
    channelMessage: channelMessageOf(message, claimed),
    idempotency,
  };
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    if (attempt > 1) await ports.pause(ports.random() * PAUSE_MAX_MS);
    const answer = await takeIn(incoming, ports);
    if (answer !== undefined) return answer;
  }
  throw new Error(`a message met another writer ${ATTEMPTS_MAX} times`);
}

/** One try: undefined when somebody else was faster, so that what was read no longer holds. */
async function takeIn(incoming: Incoming, ports: IntakePorts): Promise<Answer<"send-message"> | undefined> {
  const { cases, clock, random, newId, note } = ports;
  const { principal, message, claimed, channel, idempotency, channelMessage } = incoming;
  const asked = {
    principalId: principal.id,
    channelMessage,
    ...(idempotency !== undefined && { idempotencyKey: idempotency.key }),
    ...("personId" in claimed ? { personId: claimed.personId } : { address: claimed.address }),
  };
  const about = message.caseNumber !== undefined && { caseId: caseIdOf(message.caseNumber) };
  let found = await cases.lookUp({ ...asked, ...about });
  // A message to a number that was merged arrives where the case goes on.
  for (let followed = 0; found.case?.mergedInto !== undefined && followed < MERGES_FOLLOWED_MAX; followed += 1) {
    found = await cases.lookUp({ ...asked, caseId: found.case.mergedInto.caseId });
  }
  const before = answerToRepeat(found, idempotency);
  if (before !== undefined) return before;
  if (found.received !== undefined) return await answerToSame(found.received, idempotency, cases);

  const named = identify(claimed, { principal, channel, message }, found.person, newId);
  const account = named.accountId === undefined ? undefined : await ports.directory.account(named.accountId);
  // An agent who mistyped can say it again; a channel cannot, and its message counts more than its word for an account.
  if (account === undefined && principal.kind === "agent" && message.from?.accountId !== undefined) {
    return wrongField("from.accountId", "is no account of this desk");
  }
  const sender = account === undefined ? withoutAccount(named) : named;
  const newCaseId = caseIdOf(caseNumber(found.epoch, Math.floor(random() * RANDOM_NUMBERS)));
  const rulebook = incoming.rulebook && found.case ? await rulebookOrNone(ports, [found.case]) : incoming.rulebook;
  const { append, receipt } = decideIntake({ ...incoming, rulebook, sender, account }, found, newCaseId, clock());

  const result = await cases.append({ ...append, claims: claimsOf(incoming, receipt) });
  if (!result.appended) return anothersFile(result, message);
  note({ caseId: receipt.caseId, messageId: receipt.messageId, joined: receipt.joined });
  return { status: 201, body: receipt };
}

/** A key that was used before answers as before, or is misused. */
function answerToRepeat(
  { keyed }: IntakeFound,
  idempotency: Idempotency | undefined,
): Answer<"send-message"> | undefined {
  if (keyed === undefined) return undefined;
  if (keyed.bodyHash !== idempotency?.bodyHash || !("number" in keyed.receipt)) return no("key-reused");
  return { status: keyed.repeat === true ? 200 : 201, body: keyed.receipt, replayed: true };
}

/** A message that came before is answered as it was then, and its new key is taken; undefined: by another just now. */
async function answerToSame(
  receipt: Decided["receipt"],
  idempotency: Idempotency | undefined,
  cases: IntakePorts["cases"],
): Promise<Answer<"send-message"> | undefined> {
  const isKept =
    idempotency === undefined ||
    (await cases.takeKey({ kind: "idempotency-key", ...idempotency, receipt, repeat: true }));
  return isKept ? { status: 200, body: receipt } : undefined;
}

/** A file that belongs to another channel is refused by its place in the message; whatever else was taken is tried again. */
function anothersFile(result: AppendResult, { attachments = [] }: SentMessage): Answer<"send-message"> | undefined {
  if (result.appended || result.conflict !== "claimed" || result.claim.kind !== "file") return undefined;
  const { fileId } = result.claim;
  const place = attachments.findIndex(({ id }) => id === fileId);
  return wrongField(`attachments.${place}.id`, "is another channel's file: name one that you brought");
}

function claimsOf({ principal, message, channelMessage, idempotency }: Incoming, receipt: Decided["receipt"]): Claim[] {
  const files = new Set(message.attachments?.map(({ id }) => id));
  const claims: Claim[] = [
    { kind: "channel-message", ...channelMessage, receipt },
    ...Array.from(files, (fileId) => ({ kind: "file" as const, fileId, principalId: principal.id })),
  ];
  if (idempotency !== undefined) claims.push({ kind: "idempotency-key", ...idempotency, receipt });
  return claims;
}

/** The same message is the same channel's, by its id there, from the same sender, with the same words and files. */
function channelMessageOf(
  { channel, channelMessageId, subject, text, attachments }: SentMessage,
  claimed: ClaimedSender,
) {
  const sender = "personId" in claimed ? claimed.personId : claimed.address;
  const files = attachments?.map(({ name, sizeBytes }) => ({ name, sizeBytes })) ?? [];
  return { channel, channelMessageId, contentHash: canonicalHash({ sender, subject, text, files }) };
}

/**
 * The rules in force, with the hours that clocks of these cases began on; undefined when they cannot be read: the case
 * opens all the same, and its triage is owed.
 */
async function rulebookOrNone(
  { rulebooks, clock, note }: IntakePorts,
  cases: readonly Case[] = [],
): Promise<Rulebook | undefined> {
  try {
    return await rulebooks.inForce(clock(), cases);
  } catch (error) {
    note({ rulebook: "not-read", rulebookError: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function wrongField(path: string, message: string): Answer<"send-message"> {
  return no("invalid-request", { errors: [{ path, message }] });
}

export const handler = onRequest(manifest, receiveMessage, connect(toTable));
