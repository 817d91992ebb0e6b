import { createHash } from "node:crypto";
import { caseItem, ifAsRecounted } from "../items/case-item.ts";
import { addressWrite, personItem } from "../items/directory-items.ts";
import { effectItem } from "../items/effect-item.ts";
import { factsItem } from "../items/facts-item.ts";
import { messageWrite } from "../items/message-item.ts";
import { storedReceipt } from "../items/receipts.ts";
import { fileKey, idempotencyKey, receivedKey } from "../keys.ts";
import type { Append, Claim, KeyClaim } from "../ports/cases.ts";
import { type Condition, IF_ABSENT, type Item, type Write } from "../table/table.ts";
import { type CountWrite, countWrite, ifAsCounted } from "./counts.ts";

/** A write of an append, and the claim that is there already when its condition fails; otherwise the case moved on. */
export interface AppendWrite {
  write: Write;
  claim?: Claim;
}

/** What one append writes. */
interface Appended {
  writes: AppendWrite[];
  /** The change of the counts: several cases may be counted in one item, which a transaction writes once. */
  counted: CountWrite | undefined;
  /** The texts that must be in the content bucket before. */
  bodies: { key: string; text: string }[];
}

/** One append as writes. Throws when it contradicts itself. */
export function appendWrites(append: Append): Appended {
  requireConsistent(append);
  const { caseId, next, facts, projection, effects, messages = [], persons = [], claims = [] } = append;
  const once = onceOf(claims);
  const written = messages.map((message) => messageWrite(message, once));
  const recorded = { caseId, version: next.version, at: next.changedAt, facts };

  return {
    writes: [
      { write: { put: caseItem(next, projection), condition: ifUnchanged(append) } },
      { write: { put: factsItem(recorded, true), condition: IF_ABSENT } },
      ...effects.map((effect) => ({ write: { put: effectItem(effect, true), condition: IF_ABSENT } })),
      ...written.map(({ item }) => ({ write: { put: item } })),
      ...persons.flatMap((person) => [
        { write: { put: personItem(person), condition: IF_ABSENT } },
        ...[...new Set(person.addresses)].map((address) => ({
          write: addressWrite(address, person),
          claim: claims.find(isOf(address)) ?? { kind: "address" as const, address, personId: person.id },
        })),
      ]),
      ...claims.flatMap((claim) => claimWrite(claim) ?? []),
    ],
    counted: countWrite(caseId, append.before?.projection, projection),
    bodies: written.flatMap(({ body }) => body ?? []),
  };
}

/** The key of what a channel message can be only once by. */
export function receivedKeyOf(message: { channel: string; channelMessageId: string; contentHash: string }) {
  const { channel, channelMessageId, contentHash } = message;
  const named = JSON.stringify([channel, channelMessageId, contentHash]);
  return receivedKey(createHash("sha256").update(named).digest("hex"));
}

/** What an append can happen only once by, whoever repeats it: its channel's message, else its idempotency key. */
function onceOf(claims: readonly Claim[]): string[] | undefined {
  for (const kind of ["channel-message", "idempotency-key"] as const) {
    const claim = claims.find((one) => one.kind === kind);
    if (claim?.kind === "channel-message") return [kind, claim.channel, claim.channelMessageId, claim.contentHash];
    if (claim?.kind === "idempotency-key") return [kind, claim.principalId, claim.key];
  }
  return undefined;
}

function ifVersion(version: number): Condition {
  return version === 0 ? IF_ABSENT : [{ version: { equals: version } }];
}

/** As it was read: by its version, and by what was counted of it. */
function ifUnchanged({ expectedVersion, before }: Append): Condition {
  const asCounted = { ...ifAsCounted(before?.projection), ...ifAsRecounted(before) };
  return ifVersion(expectedVersion).map((one) => (one === "absent" ? one : { ...one, ...asCounted }));
}

function isOf(address: string) {
  return (claim: Claim) => claim.kind === "address" && claim.address === address;
}

function claimWrite(claim: Claim): AppendWrite | undefined {
  const put = claimItem(claim);
  return put && { write: { put, condition: claimCondition(claim) }, claim };
}

/** Whoever has a file may name it again. */
function claimCondition(claim: Claim): Condition {
  return claim.kind === "file" ? ["absent", { principalId: { equals: claim.principalId } }] : IF_ABSENT;
}

/** An idempotency key, with what it was answered. */
export function keyItem({ principalId, key, bodyHash, receipt, repeat }: KeyClaim): Item {
  return {
    ...idempotencyKey(principalId, key),
    noun: "idempotency-key",
    bodyHash,
    receipt: storedReceipt(receipt),
    ...(repeat === true && { repeat }),
  };
}

/** An address is claimed by the person that holds it, which an append must bring with it. */
function claimItem(claim: Claim): Item | undefined {
  switch (claim.kind) {
    case "idempotency-key":
      return keyItem(claim);
    case "channel-message":
      return { ...receivedKeyOf(claim), noun: "channel-message", receipt: storedReceipt(claim.receipt) };
    case "file":
      return { ...fileKey(claim.fileId), noun: "file", principalId: claim.principalId };
    case "address":
      return undefined;
  }
}

function requireConsistent(append: Append): void {
  const { caseId, expectedVersion, before, next, facts, effects, persons = [], claims = [] } = append;
  const claimed = claims.flatMap((claim) => (claim.kind === "address" ? [claim] : []));
  const contradiction =
    (next.id !== caseId && "the state is another case's") ||
    (next.version !== expectedVersion + 1 && `version ${next.version} does not follow ${expectedVersion}`) ||
    (expectedVersion !== (before?.case.version ?? 0) && "what was stored of it before is missing") ||
    (facts.length === 0 && "an append holds at least one fact") ||
    (facts.at(-1)?.at !== next.changedAt && "the state is not that of its last fact") ||
    (effects.some((effect) => effect.caseId !== caseId || effect.version !== next.version) &&
      "an effect is not of this version") ||
    (claimed.some(
      ({ address, personId }) => !persons.some((p) => p.id === personId && p.addresses.includes(address)),
    ) &&
      "an address is claimed for a person that is not in the append");
  if (contradiction !== false) throw new Error(`${caseId}: ${contradiction}`);
}
