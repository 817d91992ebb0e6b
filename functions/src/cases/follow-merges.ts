import type { CaseStore } from "@ithaca/store";

/** A merge of a merge of a merge: so many are followed. */
const MERGES_FOLLOWED_MAX = 20;

/** A case by its id, or the one that it goes on in: an old number resolves for ever. */
export async function readGoingOn(caseId: string, cases: Pick<CaseStore, "readWithProjection">) {
  let found = await cases.readWithProjection(caseId);
  for (let followed = 0; found?.case.mergedInto !== undefined; followed += 1) {
    if (followed === MERGES_FOLLOWED_MAX)
      throw new Error(`${caseId} was merged more than ${MERGES_FOLLOWED_MAX} times`);
    found = await cases.readWithProjection(found.case.mergedInto.caseId);
  }
  return found;
}
