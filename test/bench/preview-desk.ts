import {
  applyAppend,
  caseIdOf,
  caseNumber,
  DAY_MS,
  HOUR_MS,
  type Instant,
  openCase,
  plus,
  project,
  type Rulebook,
  receiveMessage,
  reply,
  resolve,
  system,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore, type Store } from "@ithaca/store";

/** So far back cases were opened, evenly. */
export const DAYS = 89;
export const ACCOUNTS = 1_000;
const BY = system("bench");
/** Of ten cases: one critical, three high, four medium, two low. */
const PRIORITIES = ["critical", "high", "high", "high", "medium", "medium", "medium", "medium", "low", "low"];
/** After so many hours each case is answered, asked again and answered, and resolved: some in time, some not. */
const ANSWER_HOURS = [0.4, 0.9, 1.8, 3, 5, 9, 26];

/** A desk in memory with so many cases of the last 89 days, each asked twice, answered twice and resolved. */
export async function previewDesk(count: number, now: Instant): Promise<Store> {
  let at = now;
  const store = openMemoryStore({ clock: () => at, random: () => 0.5, shipped: shippedRules, rulesRefreshMs: DAY_MS });
  const begin = plus(now, -DAYS * DAY_MS);
  for (let place = 0; place < count; place += 1) {
    at = plus(begin, Math.floor((place / count) * (DAYS - 3) * DAY_MS));
    const caseId = caseIdOf(caseNumber(1, place));
    await open(store, caseId, place, await store.rulebooks.inForce(at, []), at);
    const hours = ANSWER_HOURS[place % ANSWER_HOURS.length] ?? 1;
    const step = async (decide: Parameters<typeof store.cases.change>[1]) => {
      at = plus(at, Math.round(hours * HOUR_MS));
      const { outcome } = await store.cases.change(caseId, decide);
      if (outcome !== "changed") throw new Error(`a change of ${caseId} was ${outcome}`);
    };
    const asked = { messageId: `msg_${place}-3`, channel: "portal", personId: "person_jo", automatic: false };
    await step((current, rules, when) => reply(current, `msg_${place}-2`, rules, when, BY));
    await step((current, rules, when) => receiveMessage(current, { ...asked, receivedAt: when }, rules, when, BY));
    await step((current, rules, when) => reply(current, `msg_${place}-4`, rules, when, BY));
    await step((current, rules, when) => resolve(current, { messageId: `msg_${place}-5` }, rules, when, BY));
  }
  at = now;
  return store;
}

async function open({ cases }: Store, caseId: string, place: number, rules: Rulebook, at: Instant): Promise<void> {
  const opening = {
    messageId: `msg_${place}`,
    channel: "portal",
    requestedPriority: PRIORITIES[place % PRIORITIES.length] ?? "medium",
    receivedAt: at,
    automatic: false,
    requesterId: "person_jo",
    senderVerified: true,
    accountId: `acct_${place % ACCOUNTS}`,
    accountTeam: "main",
  };
  const facts = openCase(opening, rules, at, BY);
  const next = applyAppend(undefined, facts, caseId);
  await cases.append({ caseId, expectedVersion: 0, next, facts, projection: project(next, rules), effects: [] });
}
