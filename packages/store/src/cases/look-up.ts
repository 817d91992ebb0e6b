import { epochOf } from "../desk/desk-store.ts";
import { caseOf } from "../items/case-item.ts";
import { accountOf, personOf } from "../items/directory-items.ts";
import { anyReceiptOf, receiptOf } from "../items/receipts.ts";
import { accountKey, addressKey, DESK_KEY, idempotencyKey, type Key, personKey, stateKey } from "../keys.ts";
import type { IntakeFound, IntakeLookUp } from "../ports/cases.ts";
import type { Item, Table } from "../table/table.ts";
import { receivedKeyOf } from "./append-writes.ts";

/** What a message may touch: one consistent read of up to seven items. */
export async function lookUp(table: Table, keys: IntakeLookUp): Promise<IntakeFound> {
  const { principalId, idempotencyKey: key, channelMessage, address, personId, accountId, caseId } = keys;
  const asked = {
    desk: DESK_KEY,
    keyed: key === undefined ? undefined : idempotencyKey(principalId, key),
    received: channelMessage && receivedKeyOf(channelMessage),
    address: address === undefined ? undefined : addressKey(address),
    person: personId === undefined ? undefined : personKey(personId),
    account: accountId === undefined ? undefined : accountKey(accountId),
    case: caseId === undefined ? undefined : stateKey(caseId),
  };

  const items = await table.getMany(Object.values(asked).flatMap((one) => one ?? []));
  const found = (one: Key | undefined): Item | undefined =>
    one && items.find((item) => item.pk === one.pk && item.sk === one.sk);

  const keyed = found(asked.keyed);
  const received = found(asked.received);
  const person = found(asked.address) ?? found(asked.person);
  const account = found(asked.account);
  const state = found(asked.case);
  return {
    epoch: epochOf(found(asked.desk)),
    ...(keyed && { keyed: keyedOf(keyed) }),
    ...(received && { received: receiptOf(received.receipt) }),
    ...(person && { person: personOf(person) }),
    ...(account && { account: accountOf(account) }),
    ...(state && caseOf(state)),
  };
}

function keyedOf({ bodyHash, receipt, repeat }: Item): NonNullable<IntakeFound["keyed"]> {
  return { bodyHash: String(bodyHash), receipt: anyReceiptOf(receipt), ...(repeat === true && { repeat }) };
}
