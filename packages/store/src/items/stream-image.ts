import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "../table/table.ts";

/** The item that a stream record's image shows. */
export function itemOfImage(image: Record<string, AttributeValue>): Item {
  return unmarshall(image) as Item;
}
