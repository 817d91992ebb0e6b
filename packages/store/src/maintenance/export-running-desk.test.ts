import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { note } from "@ithaca/domain";
import { expect, test } from "vitest";
import { BY, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { Store } from "../store.ts";
import { exportDesk } from "./export-desk.ts";
import { importDesk } from "./import-desk.ts";

const openDesk = () => openMemoryStore({ clock: () => START, random: () => 0, shipped: exampleRules() });

/** A store whose cases change while the table is read, between their facts and their state. */
function atWork(store: Store): Store {
  return {
    ...store,
    table: {
      ...store.table,
      scan: async function* (after) {
        for await (const item of store.table.scan(after)) {
          if (item.noun !== "case") {
            yield item;
            continue;
          }
          await store.cases.change(item.pk.slice("CASE#".length), (one, _rules, now) => note(one, "msg_note", now, BY));
          const changed = await store.table.get(item);
          if (changed !== undefined) yield changed;
        }
      },
    },
  };
}

test("a case that changes while it is exported is exported whole, at one of its versions", async () => {
  const directory = await mkdtemp(join(tmpdir(), "ithaca-"));
  const desk = openDesk();
  const { append } = await openExample(desk);
  await exportDesk(atWork(desk), { directory, exportedAt: START });

  const other = openDesk();
  await importDesk(other, { directory, now: START });
  const imported = await other.cases.read(append.caseId);
  expect(imported?.version).toBeGreaterThan(1);
  expect(await other.cases.facts(append.caseId, 0, 10)).toHaveLength(imported?.version ?? 0);
  await rm(directory, { recursive: true });
});
