import { defineRoute, type RouteDefinition } from "./define-route.ts";
import { TaskList, TaskListQuery, TaskParams, TaskView } from "./shapes/task-shapes.ts";

/** Routes about what is left to an agent by hand: replies of theirs whose mail was abandoned. */
export const taskRoutes = {
  "list-tasks": defineRoute({
    id: "list-tasks",
    method: "GET",
    path: "/v1/tasks",
    action: "task.list",
    summary: "Lists the caller's open tasks: replies that did not go out. A lead may name another agent.",
    changesCase: false,
    query: TaskListQuery,
    responses: { 200: { description: "A page of open tasks, oldest first.", body: TaskList } },
  }),
  "finish-task": defineRoute({
    id: "finish-task",
    method: "PUT",
    path: "/v1/tasks/{id}/done",
    action: "task.finish",
    summary: "Takes a task off its agent's list, and keeps who did it, and when. For its agent, and for managers.",
    changesCase: false,
    params: TaskParams,
    responses: { 200: { description: "The task, done.", body: TaskView } },
  }),
} as const satisfies Readonly<Record<string, RouteDefinition>>;
