import { type PreviewRange, toIso } from "@ithaca/domain";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** A preview of nothing would say that nothing changes: that there was no case is told instead. */
export function noCases({ from, until }: Pick<PreviewRange, "from" | "until">, days: number): Failure {
  return new Failure(
    `No case was opened in the ${days} days from ${toIso(from)} to ${toIso(until)}, so there is nothing to preview.\nLook further back: --over ${days * 2}d`,
    EXIT.notThere,
  );
}
