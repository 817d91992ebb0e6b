import {
  type Actor,
  type Effect,
  type FactOf,
  HOUR_MS,
  type Instant,
  instant,
  instantOf,
  isOwed,
  MINUTE_MS,
  plus,
  reply,
  SECOND_MS,
} from "@ithaca/domain";
import { effectOf, isEffectItem } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { sendMail } from "../email/send-mail.ts";
import { AGENT, namedBy, openReactionDesk, type ReactionDesk, UNHURRIED } from "../fixtures/reaction-desk.ts";
import { unreliable } from "../fixtures/unreliable.ts";
import type { WakeUp } from "../runtime/queues.ts";
import { armWakeUps } from "../sla/arm-wake-ups.ts";
import { escalateCase } from "../sla/escalate-case.ts";
import { setTimer } from "../sla/set-timer.ts";
import { wakeCase } from "../sla/wake-case.ts";
import { triageCase } from "../triage/triage-case.ts";
import { reconcileDesk } from "./reconcile-desk.ts";

/** A Wednesday morning in New York. Things go wrong for a while, and then there is time to make them good. */
const START = instantOf("2026-06-10T13:00:00Z");
const CHAOS_ENDS = plus(START, 8 * HOUR_MS);
const END = plus(START, 40 * HOUR_MS);
const CASES = 12;
const CRASH_CHANCE = 0.04;
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed + 1);

const BY: Actor = { kind: "agent", id: AGENT };
const PRIORITIES = ["critical", "high", "medium", "low"];
const REACTIONS = { mail: sendMail, timer: setTimer, escalation: escalateCase, triage: triageCase };

/** What the queues of this world take: a ring on its way for two seconds, and its delivery. */
const LATE_MAX_MS = 3 * SECOND_MS;

/** A message is tried five times, a minute apart, and then left on the dead-letter queue. */
const TRIES_MAX = 5;
const VISIBILITY_MS = MINUTE_MS;

/** Chance that a seed replays (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A world in which messages get lost, doubled, late and out of order, and functions crash at any await, until they do not. */
function openWorld(seed: number, chaosEnds: Instant) {
  const chance = chanceOf(seed);
  const agenda: { at: number; act: () => Promise<unknown> }[] = [];
  let now: Instant = START;
  const chaos = () => now < chaosEnds;
  const later = (at: number, act: () => Promise<unknown>) => agenda.push({ at: Math.max(at, now), act });

  const desk = openReactionDesk("2026-06-10T13:00:00Z", (item) => {
    const effect = isEffectItem(item) && item.announce === true ? effectOf(item) : undefined;
    if (effect !== undefined) onItsWay(() => react(effect));
  });
  const fate = () => (chaos() && chance() < CRASH_CHANCE ? (chance() < 0.5 ? "before" : "after") : undefined);
  const unheard = { mails: 0 };
  const frail: ReactionDesk = {
    ...desk,
    cases: unreliable(desk.cases, fate),
    effects: unreliable(desk.effects, fate),
    messages: unreliable(desk.messages, fate),
    desk: unreliable(desk.desk, fate),
    mail: unreliable(desk.mail, () => {
      const crash = fate();
      if (crash === "after") unheard.mails += 1;
      return crash;
    }),
    timers: unreliable(
      {
        start: async (timer: Parameters<ReactionDesk["timers"]["start"]>[0]) => {
          const outcome = await desk.timers.start(timer);
          if (outcome === "started") later(timer.wakeAt, async () => onItsWay(() => wake(timer)));
          return outcome;
        },
      },
      fate,
    ),
    wakeUps: unreliable(
      {
        send: async (message: WakeUp, delaySeconds: number) => {
          later(now + delaySeconds * SECOND_MS, async () => queued(() => wake(message)));
        },
      },
      fate,
    ),
    reactions: unreliable(
      {
        send: async (_kind: unknown, { Detail }: { Detail: string }) => {
          const { caseId, effectId } = JSON.parse(Detail) as { caseId: string; effectId: string };
          const effect = await desk.effects.read(caseId, effectId);
          if (effect !== undefined) queued(() => react(effect));
        },
      },
      fate,
    ),
  };

  const react = (effect: Effect) => REACTIONS[effect.owed.kind](namedBy(effect), frail);
  const wake = (message: WakeUp) => wakeCase(message, frail);

  /** A message on its way: while there is chaos one in five is lost, one in five doubled, one in five an hour late. */
  function onItsWay(act: () => Promise<unknown>): void {
    const drawn = chaos() ? chance() : 1;
    if (drawn < 0.2) return;
    queued(act, drawn < 0.4 ? Math.floor(chance() * HOUR_MS) : Math.floor(chance() * 2 * SECOND_MS));
    if (drawn >= 0.4 && drawn < 0.6) queued(act, Math.floor(chance() * 10 * SECOND_MS));
  }

  function queued(act: () => Promise<unknown>, delayMs = 100, tries = 1): void {
    later(now + delayMs, async () => {
      await act().catch(() => {
        if (tries < TRIES_MAX) queued(act, VISIBILITY_MS, tries + 1);
      });
    });
  }

  function everyMinute(from: number, act: () => Promise<unknown>): void {
    later(from, async () => {
      everyMinute(from + MINUTE_MS, act);
      await act().catch(() => undefined);
    });
  }

  async function runUntil(end: Instant): Promise<void> {
    for (;;) {
      agenda.sort((a, b) => a.at - b.at);
      const next = agenda[0];
      if (next === undefined || next.at > end) return;
      agenda.shift();
      now = instant(next.at);
      desk.moveTo(now);
      await next.act();
    }
  }

  return { desk, frail, unheard, chance, later, everyMinute, runUntil };
}

/** Opens cases over the hours of chaos, some of them untriaged; agents answer about half of them, at some time. */
function customersAndAgents({ desk, chance, later }: ReturnType<typeof openWorld>, opened: string[]): void {
  for (let place = 0; place < CASES; place += 1) {
    const requestedPriority = PRIORITIES[Math.floor(chance() * PRIORITIES.length)] ?? "medium";
    const untriaged = chance() < 0.3;
    const opensAt = START + Math.floor(chance() * 6 * HOUR_MS);
    const answeredAt = chance() < 0.5 ? opensAt + Math.floor(chance() * 6 * HOUR_MS) : undefined;
    later(opensAt, async () => {
      const caseId = await desk.open({ requestedPriority, untriaged });
      opened.push(caseId);
      if (answeredAt === undefined) return;
      later(answeredAt, () =>
        desk.cases.change(caseId, (current, rulebook, at) => reply(current, `msg_answer${place}`, rulebook, at, BY), {
          messages: [
            {
              id: `msg_answer${place}`,
              caseId,
              direction: "outbound",
              channel: "email",
              by: BY,
              text: "Here is how.",
              receivedAt: desk.clock(),
              attachments: [],
            },
          ],
        }),
      );
    });
  }
}

async function factsOf<Type extends "ClockBreached" | "ClockStarted" | "ClockStopped" | "CaseEscalated">(
  desk: ReactionDesk,
  caseId: string,
  type: Type,
): Promise<FactOf<Type>[]> {
  const appends = await desk.cases.facts(caseId, 0, 500);
  return appends.flatMap(({ facts }) => facts.filter((fact): fact is FactOf<Type> => fact.type === type));
}

/** Lives through it all, and gives the world as it is at the end. */
async function liveThrough(seed: number, chaosEnds: Instant) {
  const world = openWorld(seed, chaosEnds);
  const { desk, frail, everyMinute, runUntil } = world;
  await desk.enrol();
  const opened: string[] = [];
  customersAndAgents(world, opened);
  everyMinute(START, () => reconcileDesk(UNHURRIED, frail));
  everyMinute(START + 30 * SECOND_MS, () => armWakeUps(UNHURRIED, frail));
  await runUntil(END);

  expect(opened).toHaveLength(CASES);
  for (const caseId of opened) {
    const effects = await desk.effects.ofCase(caseId, 500);
    expect(effects.filter(isOwed).map(({ id, owed }) => `${owed.kind} ${id}`)).toEqual([]);
    await expectOneBreachPerMissedClock(desk, caseId);
  }
  expectOneMailPerIntent(desk, opened, world.unheard.mails);
  return { desk, opened };
}

describe("whatever is lost, doubled, late or broken off", () => {
  test.each(SEEDS)("every promise is watched and everything owed ends: seed %i", async (seed) => {
    const { desk } = await liveThrough(seed, CHAOS_ENDS);
    expect(desk.counts["effects-repeated"]).toBeGreaterThan(0);
  });
});

describe("on a good day", () => {
  test.each(SEEDS.slice(0, 4))(
    "the timers do it all, on time, and the reconciler finds nothing: seed %i",
    async (seed) => {
      const { desk, opened } = await liveThrough(seed, START);
      expect([desk.counts["effects-repeated"], desk.counts["wake-ups-repeated"]]).toEqual([undefined, undefined]);
      const breaches = await Promise.all(opened.map((caseId) => factsOf(desk, caseId, "ClockBreached")));
      expect(breaches.flat().length).toBeGreaterThan(0);
      for (const { at, dueAt } of breaches.flat()) expect(at - dueAt).toBeLessThanOrEqual(LATE_MAX_MS);
    },
  );
});

async function expectOneBreachPerMissedClock(desk: ReactionDesk, caseId: string): Promise<void> {
  const [started, ...again] = await factsOf(desk, caseId, "ClockStarted");
  expect(again).toEqual([]);
  expect(started).toBeDefined();
  if (started === undefined) return;
  const stopped = await factsOf(desk, caseId, "ClockStopped");
  const breaches = await factsOf(desk, caseId, "ClockBreached");
  const missed = (stopped[0]?.stoppedAt ?? END) > started.dueAt && started.dueAt < END;

  expect(breaches).toHaveLength(missed ? 1 : 0);
  for (const { at, dueAt } of breaches) {
    expect(dueAt).toBe(started.dueAt);
    expect(at).toBeGreaterThan(dueAt);
  }
  expect(await factsOf(desk, caseId, "CaseEscalated")).toHaveLength(missed ? 1 : 0);
}

/** Once, and once more for each crash between sending and recording, and for each mail whose taking we never heard of. */
function expectOneMailPerIntent({ mails, counts }: ReactionDesk, opened: readonly string[], unheard: number): void {
  const intents = mails.map(({ raw }) => /^X-Ithaca-Loop: (.+)$/m.exec(Buffer.from(raw).toString("latin1"))?.[1]);
  const sentAgain = intents.length - new Set(intents).size;
  expect(new Set(intents).size).toBeGreaterThanOrEqual(opened.length);
  expect(sentAgain).toBeLessThanOrEqual((counts["mail-after-crash"] ?? 0) + unheard);
}
