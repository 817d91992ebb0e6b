import { type Instant, PREVIEW_DAYS_MAX, type Proposal, type RulesInForce } from "@ithaca/domain";
import { type Command, InvalidArgumentError } from "commander";

/** What every preview is told: how far back it looks, and where the cases are. */
export interface PreviewOptions {
  readonly over: number;
  /** The export whose cases it reads; without it the desk works it out over its own. */
  readonly export?: string;
  /** A preview that was begun before. */
  readonly job?: string;
  /** How often the desk is asked how far it is, in seconds. */
  readonly every: number;
}

/** What a preview is of. */
export interface Proposed {
  /** As it is sent to a desk, which checks it. */
  readonly proposal: Proposal;
  /** Checks it by the rules that an export holds; throws a Failure. */
  check(inForce: RulesInForce, now: Instant): void;
}

const EVERY_SECONDS = 2;

/** Adds the options of a preview. */
export function withPreviewOptions(command: Command): Command {
  return command
    .option("--over <days>", `look back over so many days, ${PREVIEW_DAYS_MAX} at most, such as 90d`, readDays, 90)
    .option("--export <folder>", 'read the cases of an export ("ithaca export"); no desk is asked')
    .option("--job <id>", "come back to a preview that was begun before, instead of beginning one")
    .option("--every <seconds>", "how often to ask the desk how far it is", readSeconds, EVERY_SECONDS);
}

/** Says what a preview is, and how it ends. */
export const PREVIEW_HELP = `
Folds what was recorded of each case that was opened in that time again, once by the rules in force and once by the
proposal, each as if it had always been in force. What people did (answers, pauses, priorities and teams that they gave)
stays as they did it. Nothing is changed. The desk does it for managers, over its own cases, and goes on when you stop
waiting; --job comes back to it for a week. With --export it is done here. Exits with 1 when the proposal has a fault.`;

function readDays(written: string): number {
  const days = Number(/^(\d{1,4})d?$/.exec(written)?.[1]);
  if (!(days >= 1 && days <= PREVIEW_DAYS_MAX)) {
    throw new InvalidArgumentError(`It must be a number of days from 1 to ${PREVIEW_DAYS_MAX}, such as 90d.`);
  }
  return days;
}

function readSeconds(written: string): number {
  const seconds = Number(written);
  if (!(seconds >= 0)) throw new InvalidArgumentError("It must be a number of seconds.");
  return seconds;
}
