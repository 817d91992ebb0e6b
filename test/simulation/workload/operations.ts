import type { Operation } from "./operation.ts";
import { appoint } from "./operations/appoint.ts";
import { atTheDue } from "./operations/at-the-due.ts";
import { buttIn } from "./operations/butt-in.ts";
import { changeRules } from "./operations/change-rules.ts";
import { comeLate } from "./operations/come-late.ts";
import { describe } from "./operations/describe.ts";
import { fillIn } from "./operations/fill-in.ts";
import { finishTask } from "./operations/finish-task.ts";
import { followUp } from "./operations/follow-up.ts";
import { handOver } from "./operations/hand-over.ts";
import { involve } from "./operations/involve.ts";
import { keepDirectory } from "./operations/keep-directory.ts";
import { letIn } from "./operations/let-in.ts";
import { link } from "./operations/link.ts";
import { look } from "./operations/look.ts";
import { lookAround } from "./operations/look-around.ts";
import { merge } from "./operations/merge.ts";
import { mergeInHaste } from "./operations/merge-in-haste.ts";
import { note } from "./operations/note.ts";
import { openCase } from "./operations/open-case.ts";
import { ownStatus } from "./operations/own-status.ts";
import { preview } from "./operations/preview.ts";
import { prioritise } from "./operations/prioritise.ts";
import { release } from "./operations/release.ts";
import { reply } from "./operations/reply.ts";
import { resolve } from "./operations/resolve.ts";
import { robot } from "./operations/robot.ts";
import { rush } from "./operations/rush.ts";
import { split } from "./operations/split.ts";
import { take } from "./operations/take.ts";
import { trespass } from "./operations/trespass.ts";
import { wait } from "./operations/wait.ts";
import { waive } from "./operations/waive.ts";

/** Everything that is done in a simulated world: a new operation is a file and a line here. */
const OPERATIONS: readonly Operation[] = [
  openCase,
  followUp,
  reply,
  note,
  take,
  prioritise,
  resolve,
  look,
  trespass,
  comeLate,
  wait,
  rush,
  handOver,
  describe,
  merge,
  mergeInHaste,
  split,
  link,
  involve,
  letIn,
  buttIn,
  atTheDue,
  fillIn,
  waive,
  release,
  keepDirectory,
  lookAround,
  appoint,
  preview,
  robot,
  ownStatus,
  finishTask,
  changeRules,
];

/** Those that a story is made of. */
export const CHOSEN = OPERATIONS.flatMap((one) => Array.from({ length: one.weight }, () => one));

/** Those that are done beside it, in some stories. */
export const BESIDE = OPERATIONS.flatMap(({ name, beside }) => (beside === undefined ? [] : [{ name, ...beside }]));

export function operationOf(name: string): Operation {
  const operation = OPERATIONS.find((one) => one.name === name);
  if (operation === undefined) throw new Error(`there is no operation ${name}`);
  return operation;
}
