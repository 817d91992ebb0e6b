import { describe } from "vitest";
import { caseStoreContract } from "./contract/case-store-contract.ts";
import { START } from "./contract/example-appends.ts";
import { exampleRules } from "./contract/example-rules.ts";
import { openMemoryStore } from "./open-memory-store.ts";

describe("the store in memory", () => {
  const store = openMemoryStore({ clock: () => START, random: Math.random, shipped: exampleRules() });
  const open = () => Promise.resolve(store);

  caseStoreContract(open);
});
