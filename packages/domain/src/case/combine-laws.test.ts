import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyMetricRulebook } from "../fixtures/every-metric.ts";
import { BY, opening, WEDNESDAY_10_NY } from "../fixtures/example-case.ts";
import { isWatched } from "../sla/due.ts";
import { HOUR_MS, type Instant, MINUTE_MS, plus } from "../time/instant.ts";
import { note, reply } from "./answer.ts";
import type { Case } from "./case.ts";
import { type Decision, isRefused, type Refused } from "./decision.ts";
import { fold } from "./evolve.ts";
import type { Fact } from "./facts.ts";
import { type Both, merge, unmerge } from "./merge.ts";
import { messagesOnCase } from "./message-ids.ts";
import { openCase } from "./open-case.ts";
import { receiveMessage } from "./receive-message.ts";
import { split } from "./split.ts";
import { waitingMessages, waitingSince } from "./waiting-since.ts";

const RULEBOOK = everyMetricRulebook();

/** Some cases of one account, with what ever happened to them. */
function openWorld() {
  const appends = new Map<string, Fact[][]>();
  const written: string[] = [];
  let now: Instant = WEDNESDAY_10_NY;

  const facts = (id: string): Fact[] => (appends.get(id) ?? []).flat();
  const state = (id: string): Case => {
    const found = fold(appends.get(id) ?? [], id);
    if (found === undefined) throw new Error(`no case ${id}`);
    return found;
  };
  const append = (id: string, added: readonly Fact[]) => {
    if (added.length > 0) appends.set(id, [...(appends.get(id) ?? []), [...added]]);
  };
  const both = (first: string, second: string, decision: Both | Refused): boolean => {
    if ("refused" in decision) return false;
    append(first, decision.first);
    append(second, decision.second);
    return true;
  };
  /** When the oldest message was received that would wait on a case without some. */
  const since = (id: string, gone: readonly string[] = []) => waitingSince(facts(id), gone);
  const newId = () => `case_10000000${appends.size}`;
  const newMessage = (): string => {
    const id = `msg_${written.length}`;
    written.push(id);
    return id;
  };

  for (let at = 0; at < 3; at += 1) {
    append(newId(), openCase(opening({ messageId: newMessage(), receivedAt: now }), RULEBOOK, now, BY));
  }

  return {
    written,
    since,
    facts,
    state,
    append,
    both,
    newId,
    newMessage,
    now: () => now,
    pass: (ms: number) => {
      now = plus(now, ms);
    },
    ids: () => [...appends.keys()],
    decided: (id: string, decision: Decision) => {
      if (!isRefused(decision)) append(id, decision);
    },
    merge: (first: string, second: string): boolean => {
      const came = facts(second);
      const moved = { messageIds: messagesOnCase(came).map(({ id }) => id), waiting: waitingMessages(came) };
      return both(first, second, merge(state(first), state(second), moved, RULEBOOK, now, BY));
    },
    unmerge: (first: string, second: string): boolean => {
      const merged = facts(first).findLast((fact) => fact.type === "CaseMerged" && fact.fromCaseId === second);
      const found = merged?.type === "CaseMerged" ? merged : undefined;
      return both(
        first,
        second,
        unmerge(
          state(first),
          state(second),
          found,
          {
            here: messagesOnCase(facts(first)).map(({ id }) => id),
            waitingSince: since(first, found?.messageIds ?? []),
          },
          RULEBOOK,
          now,
          BY,
        ),
      );
    },
    /** Where each message is, on the cases that go on. */
    homes: (): string[] =>
      [...appends.keys()]
        .filter((id) => state(id).mergedInto === undefined)
        .flatMap((id) => messagesOnCase(facts(id)).map((message) => message.id)),
  };
}

type World = ReturnType<typeof openWorld>;

type Step = { kind: "receive" | "reply" | "note" | "merge" | "unmerge" | "split" | "wait"; a: number; b: number };

const steps = fc.array(
  fc.record<Step>({
    kind: fc.constantFrom("receive", "reply", "note", "merge", "unmerge", "split", "wait"),
    a: fc.nat(9),
    b: fc.nat(9),
  }),
  { maxLength: 25 },
);

function take(world: World, { kind, a, b }: Step): void {
  const ids = world.ids();
  const [first, second] = [String(ids[a % ids.length]), String(ids[b % ids.length])];
  const state = world.state(first);
  world.pass(MINUTE_MS);
  switch (kind) {
    case "wait":
      world.pass(a * HOUR_MS);
      break;
    case "receive": {
      // A message to a case that was merged arrives where it goes on.
      let home = state;
      while (home.mergedInto !== undefined) home = world.state(home.mergedInto.caseId);
      const joining = { channel: "portal", personId: "person_jo", receivedAt: world.now(), automatic: false };
      if (home.status === "closed") break;
      world.append(
        home.id,
        receiveMessage(home, { ...joining, messageId: world.newMessage() }, RULEBOOK, world.now(), BY),
      );
      break;
    }
    case "reply":
      if (state.mergedInto === undefined)
        world.decided(first, reply(state, world.newMessage(), RULEBOOK, world.now(), BY));
      break;
    case "note":
      if (state.mergedInto === undefined) world.decided(first, note(state, world.newMessage(), world.now(), BY));
      break;
    case "merge":
      world.merge(first, second);
      break;
    case "unmerge":
      world.unmerge(first, second);
      break;
    case "split":
      splitOff(world, first, b);
  }
}

/** Splits a message off a case, by its place on it. The case that this opens, if it may be. */
function splitOff(world: World, first: string, place: number): string | undefined {
  const id = messagesOnCase(world.facts(first)).map((message) => message.id)[place];
  const received = world.facts(first).find((fact) => fact.type === "MessageReceived" && fact.messageId === id);
  if (received?.type !== "MessageReceived") return undefined;
  const { channel, receivedAt, personId } = received;
  const message = { id: received.messageId, caseId: first, direction: "inbound" as const, channel, receivedAt };
  const whole = { ...message, personId, by: BY, text: "?", attachments: [] };
  const into = world.newId();
  const since = { intoCaseId: into, waitingSince: world.since(first, [whole.id]) };
  const decision = split(world.state(first), whole, since, RULEBOOK, world.now(), BY);
  return world.both(first, into, decision) ? into : undefined;
}

describe("whatever is merged, taken back and split off, in any order", () => {
  test("each message is on exactly one case that goes on", () => {
    let combined = 0;
    fc.assert(
      fc.property(steps, (taken) => {
        const world = openWorld();
        for (const step of taken) {
          const before = world.written.length;
          take(world, step);
          // A refused answer was never written.
          const homes = world.homes();
          if (world.written.length > before && !homes.includes(String(world.written.at(-1)))) world.written.pop();
          expect([...homes].sort()).toEqual([...new Set(world.written)].sort());
          combined += world.ids().filter((id) => world.state(id).links.length > 0).length;
        }
      }),
      { numRuns: 150 },
    );
    expect(combined).toBeGreaterThan(100);
  });

  test("whoever waits for another answer has waited since the oldest message that is still there", () => {
    let waited = 0;
    fc.assert(
      fc.property(steps, (taken) => {
        const world = openWorld();
        const answers = world.ids().map((_id, a): Step => ({ kind: "reply", a, b: 0 }));
        for (const step of [...answers, ...taken]) {
          take(world, step);
          for (const id of world.ids()) {
            const cycle = world.state(id).clocks.find(({ metric }) => metric === "next-response");
            if (cycle === undefined || !isWatched(cycle)) continue;
            expect(cycle.startedAt).toBe(world.since(id));
            waited += 1;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(waited).toBeGreaterThan(100);
  });

  test("a merge is not taken back while its survivor goes on in a third case", () => {
    const world = openWorld();
    const [first, second, third] = world.ids() as [string, string, string];
    expect(world.merge(second, third)).toBe(true);
    expect(world.merge(first, second)).toBe(true);
    expect(world.unmerge(second, third)).toBe(false);
    expect(world.unmerge(first, second)).toBe(true);
    expect(world.unmerge(second, third)).toBe(true);
    expect(world.homes().sort()).toEqual(["msg_0", "msg_1", "msg_2"]);
  });

  test("a merge taken back restores both cases", () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const world = openWorld();
        for (const step of taken) take(world, step);
        const ids = world.ids().filter((id) => world.state(id).mergedInto === undefined);
        const [first, second] = ids;
        fc.pre(first !== undefined && second !== undefined);
        const before = [world.state(first), world.state(second)];
        fc.pre(world.merge(first, second));
        expect(world.unmerge(first, second)).toBe(true);
        const after = [world.state(first), world.state(second)];
        for (const [at, was] of before.entries()) {
          const now = after[at];
          expect({ ...now, version: 0, changedAt: 0, clocks: [], breaches: [] }).toEqual({
            ...was,
            version: 0,
            changedAt: 0,
            clocks: [],
            breaches: [],
            mergedInto: undefined,
          });
          const running = (one: Case | undefined) =>
            one?.clocks
              // What is broken by now stays broken.
              .filter(({ outcome, dueAt }) => outcome === undefined && dueAt >= world.now())
              .map(({ metric, number, dueAt }) => [metric, number, dueAt]);
          expect(running(now)).toEqual(running(was));
        }
      }),
      { numRuns: 100 },
    );
  });

  // Split off, it is a question of its own that nobody answered; merged back, its answer is still owed (sla.md).
  test("a message that is split off and merged back is where it was, and waits for an answer as it did or anew", () => {
    let [restored, anew] = [0, 0];
    fc.assert(
      fc.property(steps, fc.nat(9), (taken, place) => {
        const world = openWorld();
        for (const step of taken) take(world, step);
        const first = world.ids().find((id) => world.state(id).mergedInto === undefined) ?? "";
        const [before, messages] = [world.state(first), onCase(world, first)];
        const waiting = waitingMessages(world.facts(first));
        const into = splitOff(world, first, place);
        fc.pre(into !== undefined);
        const message = messages.find((id) => !onCase(world, first).includes(id));
        expect(onCase(world, into)).toEqual([message]);
        expect(world.merge(first, into)).toBe(true);

        const after = world.state(first);
        expect(onCase(world, first).toSorted()).toEqual(messages.toSorted());
        expect(after.participants).toEqual(before.participants);
        expect([after.status, after.priority, after.team]).toEqual([before.status, before.priority, before.team]);
        const waited = waiting.some(({ messageId }) => messageId === message);
        if (waited) expectSameClocks(runningOf(world, after), runningOf(world, before), taken.some(isUndoing));
        expect(waitingIds(world, first)).toEqual(
          [...waiting.map(({ messageId }) => messageId), ...(waited ? [] : [message])].toSorted(),
        );
        restored += Number(waited);
        anew += Number(!waited);
      }),
      { numRuns: 400 },
    );
    expect(Math.min(restored, anew)).toBeGreaterThan(10);
  });
});

const onCase = (world: World, id: string) => messagesOnCase(world.facts(id)).map((message) => message.id);

const waitingIds = (world: World, id: string) =>
  waitingMessages(world.facts(id))
    .map(({ messageId }) => messageId)
    .toSorted();

const isUndoing = ({ kind }: Step) => kind === "unmerge";

/**
 * A clock that stood while its case was merged away runs on from there once that is undone. A question that was split off
 * since has a clock of its own, which never stood: back on its case it may be due earlier by as much, and never later.
 */
function expectSameClocks(after: Running[], before: Running[], mayHaveStood: boolean) {
  if (!mayHaveStood) return expect(after).toEqual(before);
  const begun = (clocks: Running[]) => clocks.map(({ metric, startedAt }) => ({ metric, startedAt }));
  expect(begun(after)).toEqual(begun(before));
  for (const [at, { dueAt }] of after.entries()) expect(dueAt).toBeLessThanOrEqual(before[at]?.dueAt ?? 0);
}

type Running = ReturnType<typeof runningOf>[number];

/** The clocks that run and are not broken yet: since when, and until when. What is broken by now stays broken. */
function runningOf(world: World, { clocks }: Case) {
  return clocks
    .filter(({ outcome, dueAt }) => outcome === undefined && dueAt >= world.now())
    .map(({ metric, startedAt, dueAt }) => ({ metric, startedAt, dueAt }));
}
