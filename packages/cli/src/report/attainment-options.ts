import { ATTAINMENT_DIMENSIONS, ATTAINMENT_MONTHS_MAX, type AttainmentDimension, countMonths } from "@ithaca/domain";
import { InvalidArgumentError } from "commander";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/** Months of a report, [from, to], both "2026-01" and both counted. */
export interface MonthRange {
  readonly from: string;
  readonly to: string;
}

/** What a report is asked for on the command line. */
export interface AttainmentAsked {
  readonly by: readonly AttainmentDimension[];
  readonly from?: string;
  readonly to?: string;
}

/** A month as it was written on the command line, such as 2026-01. */
export function readMonth(written: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(written)) throw new InvalidArgumentError("It must be a month, such as 2026-01.");
  return written;
}

/** What a report is by, as it was written on the command line: metric,priority. */
export function readDimensions(written: string): AttainmentDimension[] {
  const asked = written.split(",").map((word) => {
    const found = ATTAINMENT_DIMENSIONS.find((dimension) => dimension === word.trim());
    if (found === undefined) throw new InvalidArgumentError(`It must be of ${ATTAINMENT_DIMENSIONS.join(", ")}.`);
    return found;
  });
  return [...new Set(asked)];
}

/** The range that was asked for; without a beginning it is the month of its end. Throws a Failure when it is none. */
export function monthRange(asked: { from?: string; to?: string }, lastMonth: string): MonthRange {
  const to = asked.to ?? lastMonth;
  const from = asked.from ?? to;
  const months = countMonths(from, to);
  if (months < 1) throw new Failure(`${to} is before ${from}: give --from a month that is not after --to.`, EXIT.usage);
  if (months > ATTAINMENT_MONTHS_MAX) {
    const most = `A report covers ${ATTAINMENT_MONTHS_MAX} months at most`;
    throw new Failure(`${from} to ${to} are ${months} months. ${most}: ask for less at a time.`, EXIT.usage);
  }
  return { from, to };
}
