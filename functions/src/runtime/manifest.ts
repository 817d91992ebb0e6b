import type { EventDefinition, PageId, RouteId } from "@ithaca/contracts";
import type * as z from "zod/mini";

/** What starts a function. Each asynchronous edge but the stream and the schedules has a queue before the function. */
export type Trigger =
  /** A route of the API. */
  | { readonly kind: "route"; readonly route: RouteId }
  /** Several routes that are seldom asked and much alike: one function answers them all. */
  | { readonly kind: "routes"; readonly routes: readonly RouteId[] }
  /** Pages that anybody may see. */
  | { readonly kind: "pages"; readonly pages: readonly PageId[] }
  /** Events of the bus: rule → queue → function. */
  | { readonly kind: "events"; readonly events: readonly EventDefinition[] }
  /** Messages that timers and functions send: queue → function. */
  | { readonly kind: "queue"; readonly queue: QueueName }
  /** The table's stream. */
  | { readonly kind: "stream" }
  | { readonly kind: "schedule"; readonly everyMinutes: number };

/** Queues that are written to by name and not by a rule. */
export type QueueName = "wake-ups" | "previews";

/** What a function may do to the resources of the stack; infra grants exactly this. */
export type Need =
  | "table.read"
  | "table.write"
  | "table.delete"
  | "content.read"
  | "content.write"
  | "events.publish"
  | "mail.send"
  | "timers.start"
  | "wake-ups.send"
  | "previews.send"
  | "reactions.send";

/** What infra must know of a function; a `*.manifest.ts` beside each handler exports one. */
export interface Manifest {
  /** Verb-noun; the handler is exported as `handler` from the file of this name. */
  readonly name: string;
  readonly trigger: Trigger;
  /** The environment, as names of strings. What infra passes is typed by it, so that a missing variable fails tsc. */
  readonly env: z.ZodMiniObject<Record<string, z.ZodMiniType<unknown, string>>>;
  readonly needs: readonly Need[];
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** For queued reactions: how many run at once at most (2–1,000). */
  readonly maxConcurrency?: number;
}

/** The environment that a manifest asks for. */
export type EnvironmentOf<M extends Manifest> = z.input<M["env"]>;
