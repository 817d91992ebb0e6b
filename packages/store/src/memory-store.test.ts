import { describe } from "vitest";
import { START } from "./contract/example-appends.ts";
import { exampleRules } from "./contract/example-rules.ts";
import { storeContract } from "./contract/store-contract.ts";
import { openMemoryStore } from "./open-memory-store.ts";

describe("the store in memory", () => {
  const openEmpty = async () => openMemoryStore({ clock: () => START, random: Math.random, shipped: exampleRules() });
  const one = openEmpty();

  storeContract({ open: () => one, openEmpty });
});
