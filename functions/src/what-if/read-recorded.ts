import type { Compared, Fact, RecordedCase } from "@ithaca/domain";
import type { Ports } from "../runtime/ports.ts";

/** So many appends of a case are read at once. */
const FACTS_A_PAGE = 500;

/**
 * What was recorded of a case up to the instant that is looked at. The message that opened it is read only where a
 * priority may go by its subject: it is decided anew, or had not been decided by then.
 */
export async function readRecorded(
  caseId: string,
  { now, classifyAnew }: Pick<Compared, "now" | "classifyAnew">,
  { cases, messages }: Pick<Ports, "cases" | "messages">,
): Promise<RecordedCase | undefined> {
  const appends: (readonly Fact[])[] = [];
  for (let after = 0, more = true; more; after += FACTS_A_PAGE) {
    const page = await cases.facts(caseId, after, FACTS_A_PAGE);
    const past = page.filter(({ at }) => at <= now);
    appends.push(...past.map(({ facts }) => facts));
    more = page.length === FACTS_A_PAGE && past.length === page.length;
  }
  const opening = appends[0]?.find((fact) => fact.type === "CaseOpened");
  if (opening === undefined) return undefined;
  const { messageId } = opening;
  const isClassified = appends.some((facts) => facts.some(({ type }) => type === "PriorityClassified"));
  const goesBySubject = classifyAnew || !isClassified;
  const subject = goesBySubject ? (await messages.subjects([messageId])).get(messageId) : undefined;
  return { caseId, appends, subject };
}
