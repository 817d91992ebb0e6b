import type { TaskView } from "@ithaca/contracts";
import { type Effect, numberOf, taskOwner } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import { pageOrNo } from "../runtime/page-or-no.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./keep-tasks.manifest.ts";

/** So often a task is taken off its list that somebody else writes just then. */
const FINISH_TRIES = 5;

/** Lists the open tasks of the caller, or of the agent whom a lead names. */
export async function listTasks(
  { principal, query, may }: Asked<"list-tasks">,
  { effects }: Pick<Ports, "effects">,
): Promise<Answer<"list-tasks">> {
  const { agent: agentId = principal.id, limit, cursor } = query;
  if (!may({ kind: "tasks", agentId })) return no("not-there");
  return pageOrNo("cursor", async () => {
    const page = await effects.openTasks(agentId, limit, cursor);
    const items = page.items.flatMap((effect) => taskView(effect) ?? []);
    return { status: 200, body: { items, ...(page.cursor !== undefined && { cursor: page.cursor }) } };
  });
}

/** Takes a task off its agent's list. Done already, it stays as it was done first. */
export async function finishTask(
  { principal, params, may }: Asked<"finish-task">,
  { effects, clock }: Pick<Ports, "effects" | "clock">,
): Promise<Answer<"finish-task">> {
  const { id } = params;
  const caseId = id.slice(0, id.indexOf("."));
  const found = await effects.read(caseId, id);
  const agentId = found && taskOwner(found);
  if (found === undefined || agentId === undefined || !may({ kind: "tasks", agentId })) return no("not-there");

  for (let tried = 0; tried < FINISH_TRIES; tried += 1) {
    await effects.endTask(found, principal.id, clock());
    const after = await effects.read(caseId, id);
    const body = after && taskView(after);
    if (body === undefined) return no("not-there");
    if (body.done !== undefined) return { status: 200, body };
  }
  throw new Error(`${id} was written by others ${FINISH_TRIES} times in a row`);
}

/** An effect as the task that it is; undefined when it is none. */
function taskView(effect: Effect): TaskView | undefined {
  const { id, caseId, owed, endedAt, reason, taskDone } = effect;
  const agentId = taskOwner(effect);
  if (agentId === undefined || owed.kind !== "mail") return undefined;
  return {
    id,
    number: numberOf(caseId),
    agentId,
    ...(owed.messageId !== undefined && { messageId: owed.messageId }),
    ...(owed.to.kind === "person" && { personId: owed.to.personId }),
    ...(endedAt !== undefined && { abandonedAt: endedAt }),
    ...(reason !== undefined && { reason }),
    ...(taskDone !== undefined && { done: taskDone }),
  };
}

export const taskRoutes = { "list-tasks": listTasks, "finish-task": finishTask };

export const handler = onRoutes(manifest, taskRoutes, connect(toTable));
