import type { FieldError } from "@ithaca/contracts";
import type { RulesFault } from "@ithaca/store";

const MESSAGE_MAX_LENGTH = 500;

/** A fault of rules as an error of the request that brought them: "policy.targets.0.length", "calendars.0.week". */
export function faultyField({ path, problem, remedy }: RulesFault): FieldError {
  const isBeside = path.startsWith("/calendars/") || path === "/movesUnfinished";
  const pointer = isBeside ? path : `/policy${path}`;
  return {
    path: pointer.slice(1).replaceAll("/", "."),
    message: `${problem}; ${remedy}`.slice(0, MESSAGE_MAX_LENGTH),
  };
}
