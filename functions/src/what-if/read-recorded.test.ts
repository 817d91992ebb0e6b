import { instantOf } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { namedBy, openReactionDesk, type ReactionDesk } from "../fixtures/reaction-desk.ts";
import { triageCase } from "../triage/triage-case.ts";
import { readRecorded } from "./read-recorded.ts";

const TRIAGED = "2026-06-10T15:30:00Z";
const SUBJECT = "CRITICAL: nothing works";

let desk: ReactionDesk;
beforeEach(async () => {
  desk = openReactionDesk("2026-06-10T14:00:00Z");
  await desk.enrol();
});

/** What is read of a case that opened without rules and was triaged later, up to an instant. */
async function recorded(at: string, classifyAnew = false) {
  const caseId = await desk.open({ requestedPriority: "high", untriaged: true, subject: SUBJECT });
  desk.moveTo(TRIAGED);
  await triageCase(namedBy(await desk.effectOf(caseId, "triage")), desk);
  return readRecorded(caseId, { now: instantOf(at), classifyAnew }, desk);
}

describe("the subject of the message that opened a case", () => {
  test("is read as long as nothing had decided on its priority: that may go by a word in it", async () => {
    expect(await recorded("2026-06-10T15:00:00Z")).toMatchObject({ subject: SUBJECT });
  });

  test("is left alone once its priority is known, unless that is decided anew", async () => {
    expect((await recorded("2026-06-10T16:00:00Z"))?.subject).toBeUndefined();
    expect(await recorded("2026-06-10T16:00:00Z", true)).toMatchObject({ subject: SUBJECT });
  });
});
