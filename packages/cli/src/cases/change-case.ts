import { type ChangeTerms, type Client, ProblemError } from "@ithaca/client";
import { spokenNumber } from "@ithaca/domain";
import { type JsonChoice, show } from "../output/json.ts";
import type { Moments } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import type { SeenVersions } from "../profile/seen-versions.ts";
import type { World } from "../world.ts";
import { assigneeOf, type CaseJson, type ChangedCaseJson, namesIn } from "./case-json.ts";
import { fromNow } from "./due-text.ts";
import { statusShown } from "./status-shown.ts";

/** One change of one case. */
export interface Change<Changed extends ChangedCaseJson = ChangedCaseJson> {
  readonly number: string;
  /** What was done, for the line that says so: "answered". */
  readonly done: string;
  /** The version that the caller looked at; without it, the case is read first. */
  readonly ifVersion?: number | undefined;
  /** Words for somebody else: they go by the version that their writer looked at last, if this command showed it. */
  readonly hasWords?: boolean;
  /** The case is read for a change that goes by what is in it. */
  readonly goesByCase?: boolean;
  make(client: Client, number: string, terms: ChangeTerms, read: CaseJson): Promise<Changed>;
  /** What else the line says. */
  also?(changed: Changed): string;
}

/** Changes a case as it was seen: if somebody else changed it meanwhile, nothing is done and the command says what. */
export async function changeCase<Changed extends ChangedCaseJson>(
  world: World,
  client: Client,
  change: Change<Changed>,
  { json, moments, seen }: { json: JsonChoice; moments: Moments; seen: SeenVersions },
): Promise<void> {
  const given = change.ifVersion ?? (change.hasWords === true ? seen.of(change.number) : undefined);
  const isRead = given === undefined || change.goesByCase === true;
  const read = isRead
    ? await client.cases.read(change.number)
    : ({ number: change.number, version: given } as CaseJson);
  // The number of a case that was merged leads to the one that goes on.
  const { number } = read;
  const ifVersion = given ?? read.version;
  const changed = await change.make(client, number, { ifVersion }, read).catch(async (thrown) => {
    if (thrown instanceof ProblemError && thrown.code === "stale") await tellAnswers(world, client, number, ifVersion);
    throw thrown;
  });
  // Nothing came between that the user has not seen; otherwise what they write still goes by what they saw.
  const saw = change.ifVersion !== undefined || seen.of(number) === ifVersion;
  if (saw) seen.remember(number, changed.case.version);

  show(world, json, changed, ({ case: now }) => {
    const due =
      now.dueAt === undefined ? "" : `, due ${moments.dateAndTime(now.dueAt)} (${fromNow(now.dueAt, world.now())})`;
    const state = [statusShown(now), now.priority, now.team, assigneeOf(now)]
      .filter((part) => part !== undefined)
      .join(" · ");
    const also = change.also?.(changed) ?? "";
    world.out.write(`${spokenNumber(number)} ${change.done}${also}: ${state}${due}\n`);
  });
}

/** What others answered since a version: whoever was about to answer too reads it before they do. */
async function tellAnswers(world: World, client: Client, number: string, seenVersion: number): Promise<void> {
  const read = await client.cases.read(number);
  const { facts = [], messages } = read;
  const name = namesIn(read);
  for (const fact of facts) {
    const isAnswer = fact.type === "ReplyWritten" || fact.type === "CallConnected";
    if (!isAnswer || fact.version <= seenVersion) continue;
    const text = messages.find(({ id }) => id === fact.messageId)?.text ?? "";
    world.err.write(`${name(fact.by.id)} answered: ${printableLine(text.slice(0, ANSWER_SHOWN_MAX))}\n`);
  }
}

const ANSWER_SHOWN_MAX = 500;
