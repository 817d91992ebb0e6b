import { type Effect, type Instant, plus } from "@ithaca/domain";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { Effects, Ending } from "../ports/effects.ts";

const LEASE_MS = 100;
const ENDINGS: Ending[] = [{ status: "done" }, { status: "abandoned", reason: "superseded" }];

/** What an effect must be, kept beside it in the simplest way. */
interface Model {
  attempts: number;
  heldUntil: Instant | undefined;
  ended: Effect["status"] | undefined;
}

type Step = (effects: Effects, effect: Effect, model: Model, now: Instant) => Promise<void>;

const claim: Step = async (effects, { caseId, id }, model, now) => {
  const isFree = model.ended === undefined && (model.heldUntil === undefined || model.heldUntil <= now);
  expect((await effects.claim(caseId, id, now, LEASE_MS)) !== undefined).toBe(isFree);
  if (isFree) Object.assign(model, { attempts: model.attempts + 1, heldUntil: plus(now, LEASE_MS) });
};

const release: Step = async (effects, { caseId, id }, model, now) => {
  await effects.release(caseId, id, now);
  model.heldUntil = undefined;
};

const endings: Step[] = ENDINGS.map((ending) => async (effects, { caseId, id }, model, now) => {
  expect(await effects.end(caseId, id, ending, now)).toBe(model.ended === undefined);
  model.ended ??= ending.status;
});

const sequences = fc.array(
  fc.record({ step: fc.constantFrom(claim, release, ...endings), ms: fc.integer({ min: 0, max: 150 }) }),
  { maxLength: 30 },
);

describe("whoever claims, ends and gives back an effect, in whatever order", () => {
  test("it is in one pair of hands, every claim is counted, and an end is for ever", async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const store = openMemoryStore({ clock: () => START, random: () => 0, shipped: exampleRules() });
        const [effect] = (await openExample(store)).append.effects;
        if (effect === undefined) throw new Error("an opened case owes its acknowledgement");
        const model: Model = { attempts: 0, heldUntil: undefined, ended: undefined };

        let now = START;
        for (const { step, ms } of sequence) {
          now = plus(now, ms);
          await step(store.effects, effect, model, now);
        }

        const status = model.ended ?? (model.heldUntil === undefined ? "pending" : "claimed");
        expect(await store.effects.read(effect.caseId, effect.id)).toMatchObject({ attempts: model.attempts, status });
        const { items } = await store.effects.overdue(plus(now, LEASE_MS + 1), 100);
        expect(items.some(({ id }) => id === effect.id)).toBe(model.ended === undefined);
      }),
      { numRuns: 100 },
    );
  });
});
