import * as z from "zod/mini";
import { EXIT } from "../../exit-codes.ts";
import { Failure } from "../../failure.ts";
import { outputOf, type StackOutputs } from "../stack-outputs.ts";

/** A message that is in a queue of dead letters. */
export interface DeadLetter {
  readonly id: string;
  readonly body: string;
  /** When it was sent first, ISO 8601. */
  readonly sentAt: string;
  /** By which it can be deleted while this reader has it. */
  readonly handle: string;
}

/** The queues of an account, by their URL. */
export interface Queues {
  /** About how many messages wait in a queue. */
  depth(url: string): Promise<number>;
  /** Takes some of them for a while, at most ten; the others do not get these meanwhile. None: there are none to be had. */
  take(url: string, forSeconds: number): Promise<DeadLetter[]>;
  /** Puts messages into a queue; resolves to those that it took. */
  put(url: string, letters: readonly DeadLetter[]): Promise<DeadLetter[]>;
  remove(url: string, letters: readonly DeadLetter[]): Promise<void>;
}

/** A queue before a function, and the queue of what it could not do. */
export interface QueuePair {
  readonly name: string;
  /** None for a function that runs by the clock: its dead letters are runs that failed. */
  readonly url?: string | undefined;
  readonly deadLettersUrl: string;
}

/** What a person is shown of a dead letter: whose it is, and nothing that anybody wrote. */
export interface ListedLetter {
  readonly queue: string;
  readonly id: string;
  readonly sentAt: string;
  readonly event: string;
  readonly caseId: string;
}

const QueuesOutput = z.record(z.string(), z.object({ url: z.optional(z.string()), deadLettersUrl: z.string() }));

/** What is read of a message's body, an event's or a wake-up's. */
const Body = z.object({
  "detail-type": z.optional(z.string()),
  detail: z.optional(z.object({ caseId: z.optional(z.string()) })),
  caseId: z.optional(z.string()),
});

/** How long a letter that is looked at is out of others' sight, and one that is moved. */
const LOOK_SECONDS = 5;
const MOVE_SECONDS = 60;

/** The queues of a stack, or the one of a name. Throws a Failure when there is none of this name. */
export function queuesOf(outputs: StackOutputs, name?: string): QueuePair[] {
  const all = z.parse(QueuesOutput, JSON.parse(outputOf(outputs, "Queues")));
  const pairs = Object.entries(all).map(([queue, urls]) => ({ name: queue, ...urls }));
  if (name === undefined) return pairs;
  const found = pairs.filter((pair) => pair.name === name);
  if (found.length > 0) return found;
  throw new Failure(`There is no queue ${name}; there are: ${Object.keys(all).sort().join(", ")}.`, EXIT.notThere);
}

/** Looks at the dead letters of some queues, at most so many of each. They stay where they are. */
export async function listDeadLetters(queues: Queues, pairs: readonly QueuePair[], limit: number) {
  const listed: ListedLetter[] = [];
  for (const { name, deadLettersUrl } of pairs) {
    const seen = new Map<string, DeadLetter>();
    while (seen.size < limit) {
      const fresh = (await queues.take(deadLettersUrl, LOOK_SECONDS)).filter(({ id }) => !seen.has(id));
      if (fresh.length === 0) break;
      for (const letter of fresh) seen.set(letter.id, letter);
    }
    listed.push(...[...seen.values()].slice(0, limit).map((letter) => shown(name, letter)));
  }
  return listed;
}

/**
 * Puts dead letters back into their queue, to be tried again: sent first and removed then, so that a crash between costs
 * a repeat, which changes nothing, and never a message. What is there when it begins is moved; what fails again comes
 * back as another letter. A run by the clock is not repeated, for the next one has done its work: its letter is taken
 * away. Resolves to how many there were.
 */
export async function redriveDeadLetters(queues: Queues, { url, deadLettersUrl }: QueuePair): Promise<number> {
  const atMost = await queues.depth(deadLettersUrl);
  let moved = 0;
  while (moved < atMost) {
    const letters = await queues.take(deadLettersUrl, MOVE_SECONDS);
    if (letters.length === 0) break;
    const taken = url === undefined ? letters : await queues.put(url, letters);
    await queues.remove(deadLettersUrl, taken);
    moved += taken.length;
    if (taken.length < letters.length) throw new Failure(`${letters.length - taken.length} were not taken; they stay.`);
  }
  return moved;
}

function shown(queue: string, { id, sentAt, body }: DeadLetter): ListedLetter {
  const read = z.safeParse(Body, parsed(body));
  const { "detail-type": event, detail, caseId } = read.success ? read.data : {};
  return { queue, id, sentAt, event: event ?? "", caseId: detail?.caseId ?? caseId ?? "" };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
