import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyAppend,
  caseIdOf,
  HOUR_MS,
  type Instant,
  openCase,
  plus,
  project,
  type Rulebook,
  reply,
  system,
  waive,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { exportDesk, openMemoryStore, type Store } from "@ithaca/store";

const BY = system("test");

/** For tests: a case of a desk, and after how many hours it was answered. */
export interface FakeCase {
  readonly number: string;
  readonly openedAt: Instant;
  readonly priority?: string;
  readonly answeredAfterHours?: number;
  /** Its first response, which came late, was excused. */
  readonly isWaived?: boolean;
  readonly accountId?: string;
}

/** For tests: an export, made at an instant, of a desk with these cases. */
export async function fakeExport(cases: readonly FakeCase[], exportedAt: Instant): Promise<string> {
  let now = exportedAt;
  const store = openMemoryStore({ clock: () => now, random: () => 0.5, shipped: shippedRules });
  for (const one of cases) {
    now = one.openedAt;
    await open(store, one, await store.rulebooks.inForce(now, []));
    if (one.answeredAfterHours === undefined) continue;
    now = plus(now, one.answeredAfterHours * HOUR_MS);
    await store.cases.change(caseIdOf(one.number), (current, rulebook, at) =>
      reply(current, `msg_${one.number}-2`, rulebook, at, BY),
    );
    if (one.isWaived !== true) continue;
    await store.cases.change(caseIdOf(one.number), (current, _rulebook, at) =>
      waive(current, { metric: "first-response", reasonId: "msg_why" }, at, BY),
    );
  }
  const directory = mkdtempSync(join(tmpdir(), "ithaca-export-"));
  await exportDesk(store, { directory, exportedAt });
  return directory;
}

async function open({ cases }: Store, one: FakeCase, rulebook: Rulebook): Promise<void> {
  const { number, openedAt, priority = "medium", accountId = "acct_acme" } = one;
  const opening = {
    messageId: `msg_${number}`,
    channel: "portal",
    requestedPriority: priority,
    receivedAt: openedAt,
    automatic: false,
    requesterId: "person_jo",
    senderVerified: true,
    accountId,
    accountTeam: "main",
  };
  const caseId = caseIdOf(number);
  const facts = openCase(opening, rulebook, openedAt, BY);
  const next = applyAppend(undefined, facts, caseId);
  await cases.append({ caseId, expectedVersion: 0, next, facts, projection: project(next, rulebook), effects: [] });
}
