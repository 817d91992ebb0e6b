import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shippedRules } from "@ithaca/policy";
import { abandonImport, exportDesk, importDesk, openMemoryStore } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { NOW } from "../fake-world.ts";
import { goLive } from "./go-live.ts";

const open = () => openMemoryStore({ clock: () => NOW, random: () => 0.5, shipped: shippedRules });

async function exported(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "ithaca-live-"));
  const store = open();
  await store.directory.putPerson({ id: "person_jo", addresses: ["jo@example.com"], known: true });
  await exportDesk(store, { directory, exportedAt: NOW });
  return directory;
}

describe("when a desk goes live", () => {
  test("after an import that was cut off it stays held until that is finished, or given up", async () => {
    const [directory, store] = [await exported(), open()];
    const stop = () => {
      throw new Error("cut off");
    };
    await expect(importDesk(store, { directory, now: NOW, onPart: stop })).rejects.toThrow("cut off");
    await expect(goLive(store)).rejects.toThrow("is not finished, so the desk stays held");
    expect((await store.desk.read()).outbound).toBe("held");

    await abandonImport(store);
    await goLive(store);
    expect((await store.desk.read()).outbound).toBe("live");
  });

  test("after one that is finished it goes", async () => {
    const [directory, store] = [await exported(), open()];
    await importDesk(store, { directory, now: NOW });
    await goLive(store);
    expect((await store.desk.read()).outbound).toBe("live");
  });
});
