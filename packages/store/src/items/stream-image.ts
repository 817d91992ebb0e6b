import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "../table/table.ts";

/** The item that a stream record's image shows. */
export function itemOfImage(image: Record<string, AttributeValue>): Item {
  return unmarshall(image) as Item;
}

/** What a stream record shows of an item. */
export type ImageOfItem = Record<string, AttributeValue>;

/** The image by which a stream record would show an item. */
export function imageOfItem(item: Item): ImageOfItem {
  return marshall(item, { removeUndefinedValues: true });
}
