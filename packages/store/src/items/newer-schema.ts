import { CASE_SCHEMA } from "@ithaca/domain";

/** A case was written by newer code: this code must not write over it. Deploy the newer code everywhere. */
export class NewerSchema extends Error {
  override readonly name = "NewerSchema";

  constructor(where: string, schema: number) {
    super(`${where} has schema ${schema}, and this code knows up to ${CASE_SCHEMA}`);
  }
}
