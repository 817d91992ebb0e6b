import { type Effect, instantOf, plus } from "@ithaca/domain";
import { expect, test } from "vitest";
import { effectKey, owedPlace } from "../keys.ts";
import { memoryTable } from "../table/memory-table.ts";
import type { Table } from "../table/table.ts";
import { effectStore } from "./effects.ts";

const NOW = instantOf("2026-03-02T15:00:00Z");
const MAIL: Pick<Effect, "caseId" | "id"> = { caseId: "case_100000009", id: "case_100000009.1.0" };

/** A table whose client loses each answer and asks again, as SDKs do. */
function losingAnswers(table: Table): Table {
  return {
    ...table,
    update: async (...asked) => {
      await table.update(...asked);
      return table.update(...asked);
    },
  };
}

test("an effect rests for whoever lost the answer and asked again, and for nobody else", async () => {
  const table = memoryTable();
  const key = effectKey(MAIL.caseId, MAIL.id);
  if (key === undefined) throw new Error("the id names no effect");
  await table.put({ ...key, status: "pending", ...owedPlace(MAIL.caseId, MAIL.id, NOW) });
  let tokens = 0;
  const effects = effectStore(losingAnswers(table), () => `token ${tokens++}`);

  const rest = () => effects.rest(MAIL, plus(NOW, 1), 60_000);
  expect([await rest(), await rest()]).toEqual([true, false]);
  expect(await table.get(key)).toMatchObject({ repeats: 1 });
});
