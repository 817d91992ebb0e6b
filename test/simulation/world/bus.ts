import { HOUR_MS, MINUTE_MS } from "@ithaca/domain";
import type { Agenda } from "./agenda.ts";
import { type Chance, chanceOf } from "./chance.ts";
import type { Deployed } from "./deployed.ts";
import type { Faults } from "./faults.ts";
import { matchesPattern } from "./pattern.ts";
import type { Queue } from "./queue.ts";
import { type Weather, whenUp } from "./weather.ts";

/** An entry as PutEvents takes it. */
export interface PutEntry {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

interface BusWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly rules: Deployed["rules"];
  readonly queues: ReadonlyMap<string, Queue>;
}

const DELIVERY_MAX_MS = 400;
const LATE_MAX_MS = 26 * HOUR_MS;
/** How long the bus rests before it tries a target again. */
const RETRY_MS = MINUTE_MS;

/** An event bus with the synthesised rules. */
export function openBus(world: BusWorld) {
  const { seed, agenda, faults, rules, queues } = world;
  let put = 0;

  function deliver(entry: PutEntry, chance: Chance): void {
    const envelope = { source: entry.Source, "detail-type": entry.DetailType, detail: JSON.parse(entry.Detail) };
    for (const rule of rules.filter(({ pattern }) => matchesPattern(pattern, envelope))) {
      if (faults.strikes("event-lost", chance)) continue;
      const times = faults.strikes("event-doubled", chance) ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        for (const queue of rule.queues) later(JSON.stringify(envelope), queues.get(queue), rule.ageSeconds, chance);
      }
    }
  }

  function later(body: string, queue: Queue | undefined, ageSeconds: number, chance: Chance): void {
    if (queue === undefined) throw new Error("a rule has a target that is no queue");
    const until = agenda.now() + ageSeconds * 1_000;
    const attemptAfter = (restMs: number) => agenda.after(restMs, () => whenUp(world, "bus", attempt));
    const attempt = () => {
      try {
        queue.send(body);
      } catch {
        if (agenda.now() < until) attemptAfter(RETRY_MS + chance.between(0, RETRY_MS));
      }
    };
    attemptAfter(delayOf(chance));
  }

  function delayOf(chance: Chance): number {
    if (faults.strikes("event-late", chance)) return chance.between(MINUTE_MS, LATE_MAX_MS);
    return chance.between(1, faults.strikes("event-reordered", chance) ? MINUTE_MS : DELIVERY_MAX_MS);
  }

  return {
    /** What PutEvents answers: an id for each entry that was taken. */
    put(entries: readonly PutEntry[]): { Entries: { EventId?: string; ErrorCode?: string }[] } {
      return {
        Entries: entries.map((entry) => {
          put += 1;
          const chance = chanceOf(seed, "event", entry.DetailType, entry.Detail, put);
          if (faults.strikes("bus-partial", chance)) return { ErrorCode: "ThrottlingException" };
          deliver(entry, chance);
          return { EventId: `event-${put}` };
        }),
      };
    },
  };
}
