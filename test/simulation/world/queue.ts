import type { Agenda } from "./agenda.ts";
import { chanceOf } from "./chance.ts";
import type { Deployed, DeployedQueue } from "./deployed.ts";
import type { Faults } from "./faults.ts";
import type { Lambda } from "./lambda.ts";
import type { Outcome } from "./process.ts";
import { type Weather, whenUp } from "./weather.ts";

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receives: number;
}

/** A queue of SQS, standard kind: at least once, in no order. */
export interface Queue {
  /** Throws while the service does not answer. */
  send(body: string, delaySeconds?: number): void;
  readonly dead: readonly Message[];
  /** Messages that are neither done with nor dead. */
  readonly waiting: number;
}

interface QueueWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly lambda: Lambda;
}

const POLL_MAX_MS = 60;

/** The queue of a reaction with the mapping that starts its function, as they are synthesised. */
export function openQueue(
  world: QueueWorld,
  name: string,
  shape: DeployedQueue,
  reaction: Deployed["reactions"][number] | undefined,
): Queue {
  const { seed, agenda, faults, weather, lambda } = world;
  const chance = chanceOf(seed, "queue", name);
  const ready: Message[] = [];
  const all = new Set<Message>();
  const dead: Message[] = [];
  let running = 0;
  let polling = false;
  let sent = 0;

  function poll(): void {
    if (polling || reaction === undefined || ready.length === 0 || running >= reaction.concurrency) return;
    polling = true;
    agenda.after(chance.between(1, POLL_MAX_MS), () => {
      whenUp(world, "queues", () => {
        polling = false;
        receive(reaction);
        poll();
      });
    });
  }

  function receive(to: Deployed["reactions"][number]): void {
    const batch: Message[] = [];
    const size = chance.between(1, to.batchSize);
    while (batch.length < size && ready.length > 0) {
      const [message] = ready.splice(chance.between(0, Math.min(3, ready.length - 1)), 1);
      if (message !== undefined && take(message)) batch.push(message);
    }
    if (batch.length === 0) return;
    running += 1;
    for (const message of batch) hide(message);
    const key = batch.map(({ id, receives }) => `${id}.${receives}`).join("+");
    lambda.invoke(to.functionName, { Records: batch.map(recordOf) }, key, (outcome) => {
      running -= 1;
      for (const message of outcome.kind === "answered" ? batch : []) {
        if (!to.partial || !failuresOf(outcome).has(message.id)) all.delete(message);
      }
      poll();
    });
  }

  /** False: it was too old, or had been tried too often. */
  function take(message: Message): boolean {
    if (!all.has(message)) return false;
    if (agenda.now() - message.sentAt > shape.keptSeconds * 1_000) {
      all.delete(message);
      return false;
    }
    message.receives += 1;
    if (shape.receivesMax === undefined || message.receives <= shape.receivesMax) return true;
    all.delete(message);
    dead.push(message);
    return false;
  }

  function hide(message: Message): void {
    const doubled = faults.strikes("queue-doubled", chance);
    const hiddenMs = doubled ? chance.between(0, 3_000) : shape.visibilitySeconds * 1_000;
    agenda.after(hiddenMs, () => show(message));
  }

  function show(message: Message): void {
    if (!all.has(message)) return;
    ready.push(message);
    poll();
  }

  return {
    dead,
    get waiting() {
      return all.size;
    },
    send: (body, delaySeconds = 0) => {
      if (weather.isDown("queues")) throw new Error("SQS does not answer");
      sent += 1;
      const message = { id: `${name}-${sent}`, body, sentAt: agenda.now(), receives: 0 };
      all.add(message);
      if (delaySeconds === 0) show(message);
      else agenda.after(delaySeconds * 1_000, () => show(message));
    },
  };
}

function recordOf({ id, body, receives }: Message) {
  return { messageId: id, body, attributes: { ApproximateReceiveCount: String(receives) } };
}

function failuresOf(outcome: Outcome): ReadonlySet<string> {
  if (outcome.kind !== "answered") return new Set();
  const { batchItemFailures = [] } = outcome.value as { batchItemFailures?: { itemIdentifier: string }[] };
  return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
}
