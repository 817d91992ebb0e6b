import { AbandonReason, Actor, CaseNumber, Instant, MessageId, PersonId, PrincipalId } from "@ithaca/domain";
import * as z from "zod/mini";
import { CASE_LIST_MAX, Cursor, Limit } from "./case-shapes.ts";

/** A task is known by what was abandoned: `<case>.<version>.<index>`, as the effects of a case have it. */
export const TaskId = z
  .string()
  .check(z.regex(/^case_[1-9][0-9]{8,11}\.[0-9]{1,10}\.[0-9]{1,3}$/, "an id that a list of tasks gave"));

/** Which task a route is about. */
export const TaskParams = z.object({ id: TaskId });

/** Whose tasks: the caller's own when `agent` is left out. */
export const TaskListQuery = z.strictObject({
  agent: z.optional(PrincipalId),
  limit: Limit,
  cursor: z.optional(Cursor),
});

/** A reply that did not reach a person, for its mail was abandoned: its author finds another way. */
export const TaskView = z.object({
  id: TaskId,
  number: CaseNumber,
  /** The reply. */
  messageId: z.optional(MessageId),
  /** Whom it did not reach. */
  personId: z.optional(PersonId),
  agentId: PrincipalId,
  abandonedAt: z.optional(Instant),
  reason: z.optional(AbandonReason),
  done: z.optional(z.object({ at: Instant, by: Actor.shape.id })),
});
export type TaskView = z.infer<typeof TaskView>;

/** A page of open tasks, oldest first. */
export const TaskList = z.object({
  items: z.array(TaskView).check(z.maxLength(CASE_LIST_MAX)),
  cursor: z.optional(Cursor),
});
