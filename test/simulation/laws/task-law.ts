import { type Effect, MINUTE_MS, taskOwner } from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import type { Cast } from "../workload/cast.ts";
import type { ApiAnswer, ApiRequest } from "../world/world.ts";
import { itemsOf } from "./items-of.ts";
import { same } from "./same.ts";

interface TaskWorld {
  readonly cast: Cast;
  readonly now: () => number;
  readonly effectOf: (id: string) => Effect | undefined;
  readonly violated: (law: string, what: string) => void;
}

/** What an answer tells of a task. */
interface Told {
  readonly id: string;
  readonly agentId: string;
  readonly done?: { readonly at: string; readonly by: string };
}

/** An index shows a task so long after it was finished, at most: its lag, and whoever stands still before they answer. */
const SHOWN_AFTER_MS = 4 * MINUTE_MS;
const LIST_PAGE = 100;

/** Law 9: the mail of an abandoned reply is on its author's list until they or a manager finish it, and nothing else is on any. */
export function openTaskLaw({ cast, now, effectOf, violated }: TaskWorld) {
  const managers = cast.principals.flatMap(({ principal }) =>
    principal.kind === "agent" && principal.role === "manager" ? [principal.id] : [],
  );
  /** Those of which somebody was told that they are finished. */
  const toldDone = new Set<string>();

  function finished(before: Effect, { id, taskDone }: Effect): void {
    const owner = taskOwner(before);
    if (owner === undefined) violated("tasks", `${id} was finished, and is no task`);
    if (before.taskDone !== undefined) violated("tasks", `${id} was finished by ${before.taskDone.by}, and then again`);
    if (taskDone === undefined || ![owner, ...managers].includes(taskDone.by))
      violated("authorization", `${id} is a task of ${owner}, and ${taskDone?.by} finished it`);
  }

  function listed({ items }: { items: readonly Told[] }, agentId: string | undefined): void {
    for (const { id } of items) {
      const effect = effectOf(id);
      if (effect === undefined || taskOwner(effect) !== agentId) violated("tasks", `${id} was shown to ${agentId}`);
      const doneAt = effect?.taskDone?.at ?? Number.POSITIVE_INFINITY;
      if (now() > doneAt + SHOWN_AFTER_MS) violated("tasks", `${id} was shown to ${agentId}, and is finished`);
    }
  }

  function answeredDone({ id, done }: Told): void {
    toldDone.add(id);
    const stored = effectOf(id)?.taskDone;
    if (stored === undefined || stored.by !== done?.by || stored.at !== Date.parse(done.at))
      violated("tasks", `${id} is told as finished by ${done?.by}, and it was ${stored?.by ?? "nobody"}`);
  }

  return {
    onEffect(before: Effect | undefined, after: Effect): void {
      if (before !== undefined && !same(before.taskDone, after.taskDone)) finished(before, after);
    },
    onAnswer({ route, claims, query }: ApiRequest, { status, text }: ApiAnswer): void {
      if (status !== 200) return;
      if (route === "finish-task") answeredDone(JSON.parse(text) as Told);
      const subject = (claims as { sub?: string } | undefined)?.sub;
      const caller = cast.principals.find((one) => one.subject === subject)?.principal.id;
      if (route === "list-tasks") listed(JSON.parse(text) as { items: Told[] }, query?.agent ?? caller);
    },
    async atEnd({ effects }: Store, known: Iterable<Effect>): Promise<void> {
      const tasks = [...known].filter((effect) => taskOwner(effect) !== undefined);
      for (const { id, taskDone } of tasks) {
        if (taskDone !== undefined && !toldDone.has(id))
          violated("tasks", `${id} is finished, and nobody asked for it`);
      }
      const open = tasks.filter(({ taskDone }) => taskDone === undefined);
      const expected = open.map((effect) => `${taskOwner(effect)} ${effect.id}`);
      const found: string[] = [];
      for (const { principalId } of cast.agents) {
        for await (const { id } of itemsOf((cursor) => effects.openTasks(principalId, LIST_PAGE, cursor))) {
          found.push(`${principalId} ${id}`);
        }
      }
      if (same(expected.toSorted(), found.toSorted())) return;
      violated("tasks", `the tasks are ${found.join(", ") || "none"}, not ${expected.join(", ") || "none"}`);
    },
  };
}
