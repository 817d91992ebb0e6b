import type { Operation } from "../operation.ts";

/** An agent makes the case their own. */
export const take: Operation = {
  name: "take",
  weight: 3,
  run: ({ change }) => change({ route: "take-case", body: { assignee: "me" } }),
};
