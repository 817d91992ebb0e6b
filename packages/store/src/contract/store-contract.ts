import type { Store } from "../store.ts";
import { appendContract } from "./append-contract.ts";
import { attainmentContract } from "./attainment-contract.ts";
import { deskContract } from "./desk-contract.ts";
import { directoryContract } from "./directory-contract.ts";
import { effectsContract } from "./effects-contract.ts";
import { newerCodeContract } from "./newer-code-contract.ts";
import { previewContract } from "./preview-contract.ts";
import { rulesContract } from "./rules-contract.ts";
import { transferContract } from "./transfer-contract.ts";
import { uniquenessContract } from "./uniqueness-contract.ts";
import { viewContract } from "./view-contract.ts";

/** Where the contract finds its stores. */
export interface ContractStores {
  /** A store on one and the same table each time. */
  open: () => Promise<Store>;
  /** A store on a table that holds nothing. */
  openEmpty: () => Promise<Store>;
}

/** The situations that every store must pass, whatever is under it: memory and DynamoDB do. */
export function storeContract({ open, openEmpty }: ContractStores): void {
  appendContract(open);
  uniquenessContract(open);
  viewContract(open);
  newerCodeContract(open);
  effectsContract(open);
  directoryContract(open);
  rulesContract(open);
  previewContract(open);
  attainmentContract(openEmpty);
  deskContract(openEmpty);
  transferContract(openEmpty);
}
