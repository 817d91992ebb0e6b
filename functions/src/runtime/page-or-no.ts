import type { RouteId } from "@ithaca/contracts";
import { InvalidCursor } from "@ithaca/store";
import { type Answer, no } from "./request.ts";

/** A page as it is read by a cursor of the query; one that no answer gave is refused by its field. */
export async function pageOrNo<Id extends RouteId>(
  field: string,
  read: () => Promise<Answer<Id>>,
): Promise<Answer<Id>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InvalidCursor)) throw error;
    return no("invalid-request", { errors: [{ path: `query.${field}`, message: "is not one that an answer gave" }] });
  }
}
