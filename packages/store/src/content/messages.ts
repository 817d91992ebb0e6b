import type { Message } from "@ithaca/domain";
import { bodyKeyOf, messageOf, subjectOf } from "../items/message-item.ts";
import { messageKey } from "../keys.ts";
import type { Bodies, Messages } from "../ports/content.ts";
import { lotsOf } from "../table/lots-of.ts";
import { BATCH_MAX, type Item, type Table } from "../table/table.ts";

/** Messages in a table, their long texts in the content bucket. */
export function messageStore(table: Table, bodies: Bodies): Messages {
  const whole = async (item: Item): Promise<Message> => {
    const key = bodyKeyOf(item);
    return messageOf(item, key === undefined ? undefined : await bodies.get(key));
  };

  return {
    read: async (ids) => {
      const lots = lotsOf([...new Set(ids)].map(messageKey), BATCH_MAX);
      const found = (await Promise.all(lots.map((lot) => table.getMany(lot)))).flat();
      const items = new Map(found.map((item) => [item.pk, item]));
      return Promise.all(ids.flatMap((id) => items.get(messageKey(id).pk) ?? []).map(whole));
    },
    subjects: async (ids) => {
      const keys = new Map(ids.map((id) => [messageKey(id).pk, id]));
      const items = ids.length === 0 ? [] : await table.getMany([...new Set(ids)].map(messageKey));
      return new Map(
        items.flatMap((item): [string, string][] => {
          const [id, subject] = [keys.get(item.pk), subjectOf(item)];
          return id === undefined || subject === undefined ? [] : [[id, subject]];
        }),
      );
    },
  };
}
