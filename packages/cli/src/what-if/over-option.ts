import { PREVIEW_DAYS_MAX } from "@ithaca/domain";
import { type Command, InvalidArgumentError } from "commander";

/** What every preview is told: how far back it looks, and which export it reads. */
export interface PreviewOptions {
  readonly over: number;
  readonly export: string;
}

/** Adds the options of a preview. */
export function withPreviewOptions(command: Command): Command {
  return command
    .option("--over <days>", `look back over so many days, ${PREVIEW_DAYS_MAX} at most, such as 90d`, readDays, 90)
    .requiredOption("--export <folder>", 'read the cases of an export ("ithaca export"); no desk is asked');
}

/** Says what a preview is, and how it ends. */
export const PREVIEW_HELP = `
Folds what was recorded of each case that was opened in that time again, once by the rules in force and once by the
proposal, each as if it had always been in force. What people did (answers, pauses, priorities and teams that they gave)
stays as they did it. Nothing is changed. Exits with 1 when the proposal has a fault, and with 4 when no case was opened
in that time.`;

function readDays(written: string): number {
  const days = Number(/^(\d{1,4})d?$/.exec(written)?.[1]);
  if (!(days >= 1 && days <= PREVIEW_DAYS_MAX)) {
    throw new InvalidArgumentError(`It must be a number of days from 1 to ${PREVIEW_DAYS_MAX}, such as 90d.`);
  }
  return days;
}
