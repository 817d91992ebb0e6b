import {
  actorOf,
  caseIdOf,
  caseNumber,
  type Fact,
  merge,
  messagesOnCase,
  numberOf,
  RANDOM_NUMBERS,
  refuse,
  split,
  unmerge,
  waitingMessages,
  waitingSince,
} from "@ithaca/domain";
import type { ChangedBoth, DecideBoth, OtherCase, RecordedFacts } from "@ithaca/store";
import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, type No, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { type ChangePorts, changedSummary, refused } from "./change-case.ts";
import { manifest } from "./combine-cases.manifest.ts";

type CombinePorts = ChangePorts & Pick<Ports, "messages" | "desk" | "random">;
type AskedBoth = Pick<Asked<"merge-case">, "params" | "ifVersion" | "idempotency" | "may">;

/** So many changes of a case are read at once. */
const FACTS_PAGE = 500;
/** So often a merge begins anew because something came on the other case meanwhile. */
const MERGE_TRIES = 5;

/** Merges another case into this one: its messages and people come along. Its requester is told if the agent says so. */
export async function mergeCase(asked: Asked<"merge-case">, ports: CombinePorts): Promise<Answer<"merge-case">> {
  for (let tried = 0; tried < MERGE_TRIES; tried += 1) {
    const changed = await mergeAsRead(asked, ports);
    const isOutOfDate = changed.outcome === "refused" && changed.refusal === "moved-on";
    if (!isOutOfDate) return answerOf(asked, changed, ports);
  }
  throw new Error(`case ${asked.params.other} was changed by others ${MERGE_TRIES} times in a row`);
}

/** The other case's version is not the caller's to name: what came on it since its facts were read must come along too. */
async function mergeAsRead(asked: Asked<"merge-case">, ports: CombinePorts): Promise<ChangedBoth> {
  const by = actorOf(asked.principal);
  const caseId = caseIdOf(asked.params.other);
  const recorded = await recordedFacts(caseId, ports);
  const facts = factsIn(recorded);
  const moved = {
    messageIds: messagesOnCase(facts).map(({ id }) => id),
    waiting: waitingMessages(facts),
    notify: asked.body.notify,
    automatic: facts.find((fact) => fact.type === "MessageReceived")?.automatic,
  };
  return await changeBoth(asked, ports, { caseId }, ({ first, second }, rulebook, now) => {
    if (second === undefined) return refuse("not-merged");
    if (second.version !== recorded.at(-1)?.version) return refuse("moved-on");
    return merge(first, second, moved, rulebook, now, by);
  });
}

/** Takes a merge back. */
export async function unmergeCase(asked: Asked<"unmerge-case">, ports: CombinePorts): Promise<Answer<"unmerge-case">> {
  const by = actorOf(asked.principal);
  const caseId = caseIdOf(asked.params.other);
  const facts = await allFacts(caseIdOf(asked.params.number), ports);
  const merged = facts.findLast((fact) => fact.type === "CaseMerged" && fact.fromCaseId === caseId);
  const messages = {
    here: messagesOnCase(facts).map(({ id }) => id),
    waitingSince: waitingSince(facts, merged?.type === "CaseMerged" ? merged.messageIds : []),
  };
  const changed = await changeBoth(asked, ports, { caseId }, ({ first, second }, rulebook, now) =>
    second === undefined || merged?.type !== "CaseMerged"
      ? refuse("not-merged")
      : unmerge(first, second, merged, messages, rulebook, now, by),
  );
  return answerOf(asked, changed, ports);
}

/** Makes a case of its own of a message that is another question. */
export async function splitCase(asked: Asked<"split-case">, ports: CombinePorts): Promise<Answer<"split-case">> {
  const by = actorOf(asked.principal);
  const { messageId, notify } = asked.body;
  const [facts, [message], { epoch }] = await Promise.all([
    allFacts(caseIdOf(asked.params.number), ports),
    ports.messages.read([messageId]),
    ports.desk.read(),
  ]);
  const since = waitingSince(facts, [messageId]);
  const isHere = messagesOnCase(facts).some(({ id }) => id === messageId);
  const opens = () => caseIdOf(caseNumber(epoch, Math.floor(ports.random() * RANDOM_NUMBERS)));
  const changed = await changeBoth(asked, ports, { opens }, ({ first, secondId }, rulebook, now) =>
    message === undefined || !isHere
      ? refuse("not-splittable")
      : split(first, message, { intoCaseId: secondId, waitingSince: since, notify }, rulebook, now, by),
  );

  const answer = await answerOf(asked, changed, ports);
  if ("problem" in answer || changed.outcome !== "changed") return answer as No;
  const opened = changed.opened ?? changed.replayed?.openedCaseId;
  if (opened === undefined) return no("key-reused");
  return { ...answer, status: 201, body: { case: answer.body.case, opened: numberOf(opened) } };
}

async function changeBoth(
  { params, ifVersion, idempotency, may }: AskedBoth | Asked<"split-case">,
  { cases, note }: CombinePorts,
  other: OtherCase,
  decide: DecideBoth,
): Promise<ChangedBoth> {
  const caseId = caseIdOf(params.number);
  const changed = await cases.changeBoth(caseId, other, decide, {
    may: (current) => may({ kind: "case", case: current }),
    ...(ifVersion !== undefined && { ifVersion }),
    ...(idempotency !== undefined && { idempotency }),
  });
  note({ caseId, outcome: changed.outcome });
  return changed;
}

async function answerOf(
  { ifVersion }: Pick<AskedBoth, "ifVersion">,
  changed: ChangedBoth,
  ports: CombinePorts,
): Promise<Answer<"merge-case">> {
  if (changed.outcome !== "changed") return refused(changed, ifVersion, ports);
  return {
    status: 200,
    version: changed.case.version,
    replayed: changed.replayed !== undefined,
    body: { case: await changedSummary(changed.case, ports) },
  };
}

/** All facts of a case; a decision on them holds as long as the version does that it is written on. */
async function allFacts(caseId: string, ports: Pick<Ports, "cases">): Promise<Fact[]> {
  return factsIn(await recordedFacts(caseId, ports));
}

async function recordedFacts(caseId: string, { cases }: Pick<Ports, "cases">): Promise<RecordedFacts[]> {
  const recorded: RecordedFacts[] = [];
  for (let after = 0; ; ) {
    const page = await cases.facts(caseId, after, FACTS_PAGE);
    recorded.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < FACTS_PAGE) return recorded;
    after = last.version;
  }
}

function factsIn(recorded: readonly RecordedFacts[]): Fact[] {
  return recorded.flatMap(({ facts }) => facts);
}

/** What answers each route that is about two cases. */
export const combinations = { "merge-case": mergeCase, "unmerge-case": unmergeCase, "split-case": splitCase };

export const handler = onRoutes(manifest, combinations, connect(toTable));
