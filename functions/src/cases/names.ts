import { type NamedId, SHOWN_NAMES_MAX } from "@ithaca/contracts";
import type { Case, Fact } from "@ithaca/domain";
import type { RecordedFacts } from "@ithaca/store";
import type { Ports } from "../runtime/ports.ts";

/** How people are called, by their ids; whoever is not in it is known no more, or never had a name. */
export type Names = ReadonlyMap<string, string>;

/** What a case is shown with when nobody is to be named. */
export const NO_NAMES: Names = new Map();

/** How the agents of some cases are called. Asked for at the same time, they cost one read, and none while they are remembered. */
export function assigneeNames(
  cases: readonly Pick<Case, "assigneeId">[],
  { directory }: Pick<Ports, "directory">,
): Promise<Names> {
  return namesOf(
    cases.flatMap(({ assigneeId }) => assigneeId ?? []),
    directory,
  );
}

/** How everybody is called who has to do with a case: who has it, works on it, takes part, or did what its facts say, the latest first. */
export function namesOnCase(
  current: Case,
  recorded: readonly RecordedFacts[],
  { directory }: Pick<Ports, "directory">,
): Promise<Names> {
  const { assigneeId, collaborators = [], participants } = current;
  const latestFirst = recorded.flatMap(({ facts }) => facts).reverse();
  const ids = [
    ...(assigneeId === undefined ? [] : [assigneeId]),
    ...collaborators,
    ...participants.map(({ personId }) => personId),
    ...latestFirst.flatMap(mentionedIn),
  ];
  return namesOf(ids, directory);
}

/** Names as an answer lists them. */
export function namesShown(names: Names): NamedId[] {
  return Array.from(names, ([id, name]) => ({ id, name }));
}

async function namesOf(ids: readonly string[], directory: Pick<Ports["directory"], "person" | "principal">) {
  const asked = [...new Set(ids)].slice(0, SHOWN_NAMES_MAX);
  const named = await Promise.all(
    asked.map(async (id): Promise<[string, string][]> => {
      const name = await nameOf(id, directory);
      return name === undefined ? [] : [[id, name]];
    }),
  );
  return new Map(named.flat());
}

async function nameOf(
  id: string,
  directory: Pick<Ports["directory"], "person" | "principal">,
): Promise<string | undefined> {
  if (id.startsWith("person_")) return (await directory.person(id))?.name;
  const principal = await directory.principal(id);
  return principal === undefined || principal.kind === "customer" ? undefined : principal.name;
}

/** Everybody that a fact names. */
function mentionedIn(fact: Fact): string[] {
  const ids = fact.by.kind === "system" ? [] : [fact.by.id];
  if ("personId" in fact) ids.push(fact.personId);
  if ("assigneeId" in fact) ids.push(fact.assigneeId);
  if ("previousAssigneeId" in fact && fact.previousAssigneeId !== undefined) ids.push(fact.previousAssigneeId);
  if (fact.type === "CollaboratorsChanged") ids.push(...fact.added, ...fact.removed);
  return ids;
}
