import type { Manifest, QueueName } from "@ithaca/functions/manifest";
import type { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import { QueuedReaction } from "./queued-reaction.ts";
import { REACTION_KINDS, type ReactionKind, reactionTo } from "./reactions.ts";
import type { Settings } from "./settings.ts";

/** The queues of the desk, all there before the first function that is told of one. */
export interface DeskQueues {
  /** The queue before a function. Throws when it has none. */
  before(manifest: Manifest): QueuedReaction;
  /** A queue that is written to by name. */
  named(queue: QueueName): QueuedReaction;
  /** The queue of whatever does a kind of owed effect. */
  doing(kind: ReactionKind): QueuedReaction;
  readonly all: readonly QueuedReaction[];
}

/** Makes the queue of each function that has one. */
export function makeQueues(
  scope: Construct,
  { manifests, alarms, settings }: { manifests: readonly Manifest[]; alarms: Alarms; settings: Settings },
): DeskQueues {
  const queues = new Map<string, QueuedReaction>();
  for (const manifest of manifests) {
    const shortName = queueOf(manifest);
    if (shortName === undefined) continue;
    queues.set(shortName, new QueuedReaction(scope, `${shortName}-queue`, { manifest, shortName, alarms, settings }));
  }

  const find = (shortName: string): QueuedReaction => {
    const queue = queues.get(shortName);
    if (queue === undefined) throw new Error(`there is no queue ${shortName}: no manifest asks for it`);
    return queue;
  };
  return {
    before: (manifest) => find(queueOf(manifest) ?? manifest.name),
    named: find,
    doing: (kind) => find(reactionTo(kind, manifests).name),
    all: [...queues.values()],
  };
}

/** What the queue before a function is known by; undefined for a function that has none. */
function queueOf({ name, trigger }: Manifest): string | undefined {
  if (trigger.kind === "queue") return trigger.queue;
  return trigger.kind === "events" ? name : undefined;
}

/** Something of the queue of each kind of effect, as `{mail, timer, escalation, triage}`. */
export function byReaction<Value>(
  queues: DeskQueues,
  value: (of: QueuedReaction) => Value,
): Record<ReactionKind, Value> {
  const entries = REACTION_KINDS.map((kind) => [kind, value(queues.doing(kind))] as const);
  return Object.fromEntries(entries) as Record<ReactionKind, Value>;
}
