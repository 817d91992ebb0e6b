import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { BY, CASE_ID, openedCase, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { exampleRulebook } from "../fixtures/example-rulebook.ts";
import { HOUR_MS, type Instant, MINUTE_MS, plus } from "../time/instant.ts";
import { note, reply, resolve } from "./answer.ts";
import type { Case } from "./case.ts";
import { changePriority } from "./change-priority.ts";
import { nextCoverAt } from "./cover.ts";
import { type Decision, isRefused } from "./decision.ts";
import { escalate } from "./escalate.ts";
import { applyAppend, fold } from "./evolve.ts";
import { Fact } from "./facts.ts";
import { project } from "./projection.ts";
import { receiveMessage } from "./receive-message.ts";
import { take } from "./take.ts";
import { wake } from "./wake.ts";

const rulebook = exampleRulebook();

type Step = (current: Case, now: Instant, messageId: string) => Decision;

const STEPS: Record<string, Step> = {
  wake: (current, now) => wake(current, rulebook, now, BY),
  reply: (current, now, id) => reply(current, id, rulebook, now, BY),
  note: (current, now, id) => note(current, id, now, BY),
  take: (current, now) => take(current, "prin_ann", now, BY),
  resolve: (current, now) => resolve(current, undefined, rulebook, now, BY),
  escalate: (current, now) => escalate(current, { fromTier: current.tier }, rulebook.policy, now, BY),
  raise: (current, now) => changePriority(current, { to: "critical" }, rulebook, now, BY),
  lower: (current, now) => changePriority(current, { to: "low" }, rulebook, now, BY),
  write: (current, now, messageId) =>
    receiveMessage(
      current,
      { messageId, channel: "email", subject: "Critical", personId: "person_jo", receivedAt: now, automatic: false },
      rulebook,
      now,
      BY,
    ),
};

const history = fc.record({
  priority: fc.constantFrom("critical", "high", "medium", "low"),
  openedAfterMinutes: fc.integer({ min: 0, max: 7 * 24 * 60 }),
  steps: fc.array(
    fc.record({ step: fc.constantFrom(...Object.keys(STEPS)), waitMinutes: fc.integer({ min: 0, max: 30 * 60 }) }),
    { maxLength: 12 },
  ),
});

/** Lives a random history of a case and gives every append and the state after it. */
function live({ priority, openedAfterMinutes, steps }: typeof history extends fc.Arbitrary<infer H> ? H : never) {
  let now = plus(WEDNESDAY_10_NY, openedAfterMinutes * MINUTE_MS);
  const { facts, case: opened } = openedCase({ requestedPriority: priority, receivedAt: now });
  const appends: (readonly Fact[])[] = [facts];
  let current = opened;
  for (const [index, { step, waitMinutes }] of steps.entries()) {
    now = plus(now, waitMinutes * MINUTE_MS);
    const decision = STEPS[step]?.(current, now, `msg_s${index}`) ?? [];
    if (isRefused(decision) || decision.length === 0) continue;
    appends.push(decision);
    current = applyAppend(current, decision, CASE_ID);
  }
  return { appends, current, now };
}

describe("whatever happens to a case", () => {
  test("its state is the fold of its facts, and its version counts the appends", () => {
    fc.assert(
      fc.property(history, (lived) => {
        const { appends, current } = live(lived);
        expect(fold(appends, CASE_ID)).toEqual(current);
        expect(current.version).toBe(appends.length);
      }),
    );
  });

  test("a cycle is breached at most once, at its due, and never before it", () => {
    fc.assert(
      fc.property(history, (lived) => {
        const facts = live(lived).appends.flat();
        const breaches = facts.filter((fact) => fact.type === "ClockBreached");
        expect(new Set(breaches.map((fact) => `${fact.metric}.${fact.cycle}`)).size).toBe(breaches.length);
        for (const breach of breaches) expect(breach.at).toBeGreaterThan(breach.dueAt);
        for (const stop of facts.filter((fact) => fact.type === "ClockStopped")) {
          const breached = breaches.some((fact) => fact.metric === stop.metric && fact.cycle === stop.cycle);
          expect(stop.outcome).toBe(breached ? "missed" : "met");
        }
      }),
    );
  });

  test("a running clock is never left without a wake-up, and one that ended asks for none", () => {
    fc.assert(
      fc.property(history, (lived) => {
        const { current } = live(lived);
        const asks = current.clocks.some((cycle) => cycle.outcome === undefined && cycle.breachedAt === undefined);
        const covered = nextCoverAt(current, rulebook, current.changedAt) !== undefined;
        expect(project(current, rulebook).wakeAt !== undefined).toBe(asks || covered);
      }),
    );
  });

  test("woken for long enough, an unanswered case is breached", () => {
    fc.assert(
      fc.property(history, (lived) => {
        const { current, now } = live(lived);
        const late = plus(now, 60 * 24 * HOUR_MS);
        const woken = wake(current, rulebook, late, BY);
        const running = current.clocks.filter((cycle) => cycle.outcome === undefined && cycle.breachedAt === undefined);
        const breached = isRefused(woken) ? [] : woken.filter((fact) => fact.type === "ClockBreached");
        expect(breached).toHaveLength(running.length);
      }),
    );
  });

  test("every fact survives being stored and read", () => {
    fc.assert(
      fc.property(history, (lived) => {
        for (const fact of live(lived).appends.flat()) {
          const stored: unknown = JSON.parse(JSON.stringify(z.encode(Fact, fact)));
          expect(z.decode(Fact, stored as z.input<typeof Fact>)).toEqual(fact);
        }
      }),
    );
  });
});
