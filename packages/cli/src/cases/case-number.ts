import { CaseNumber } from "@ithaca/domain";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** A case number as people write it: "148203917", "148 203 917", "148-203-917", "#148203917". */
export function readCaseNumber(written: string): string {
  const read = z.safeParse(CaseNumber, written.replace(/[\s#-]/g, ""));
  if (read.success) return read.data;
  throw new Failure(
    `${written} is no case number: ${read.error.issues.at(-1)?.message ?? "it is not valid"}.`,
    EXIT.usage,
  );
}
