import { type FakeWorld, type Sent, SIGNED_IN } from "../fake-world.ts";

/** For tests: the number of the case below. */
export const NUMBER = "148203917";
const by = { kind: "agent", id: "prin_ana" };
/** For tests: a case as answers about changes have it. */
export const summary = {
  number: NUMBER,
  version: 4,
  status: "open",
  priority: "high",
  requestedPriority: "critical",
  team: "main",
  assigneeId: "prin_ana",
  assignee: { id: "prin_ana", name: "Ana Ruiz" },
  tier: 1,
  openedAt: "2026-03-02T14:00:00.000Z",
  changedAt: "2026-03-02T14:30:00.000Z",
  dueAt: "2026-03-02T18:00:00.000Z",
};
/** For tests: a case whole, as its agent reads it. */
export const whole = {
  ...summary,
  id: `case_${NUMBER}`,
  channel: "email",
  senderVerified: false,
  accountId: "acct_lakeside",
  package: "standard",
  participants: [],
  flag: "may-be-critical",
  triageOwed: false,
  links: [{ kind: "possibly-about", target: "case_148203907" }],
  tags: ["billing"],
  marks: [],
  fields: {},
  subject: "Empty \u001b[31minvoice",
  requester: { id: "person_cleo", name: "Cleo Marsh" },
  names: [
    { id: "prin_ana", name: "Ana Ruiz" },
    { id: "person_cleo", name: "Cleo Marsh" },
  ],
  clocks: [
    {
      metric: "first-response",
      cycle: 1,
      state: "running",
      startedAt: summary.openedAt,
      dueAt: summary.dueAt,
      msLeft: 10_800_000,
      warnedPercent: 0,
    },
  ],
  messages: [
    {
      id: "msg_1",
      direction: "inbound",
      channel: "email",
      by: { kind: "channel", id: "prin_mail" },
      text: "It is empty.\nWhy?",
      receivedAt: summary.openedAt,
      attachments: [],
    },
    {
      id: "msg_2",
      direction: "internal",
      channel: "desk",
      by,
      text: "Looks like the print server.",
      receivedAt: summary.changedAt,
      attachments: [],
    },
  ],
  facts: [
    { type: "NoteWritten", version: 2, index: 0, at: summary.changedAt, by, messageId: "msg_2" },
    {
      type: "CaseOpened",
      version: 1,
      index: 0,
      at: summary.openedAt,
      by,
      channel: "email",
      messageId: "msg_1",
      receivedAt: summary.openedAt,
      requesterId: "person_cleo",
      requestedPriority: "critical",
      senderVerified: false,
    },
    {
      type: "MessageReceived",
      version: 1,
      index: 1,
      at: summary.openedAt,
      by,
      messageId: "msg_1",
      channel: "email",
      personId: "person_cleo",
      receivedAt: summary.openedAt,
      automatic: false,
    },
    { type: "SomethingNew", version: 3, index: 0, at: summary.changedAt, by },
  ],
  effects: [
    {
      id: "e1",
      version: 1,
      index: 0,
      owed: { kind: "mail", template: "acknowledgement", to: { kind: "person", personId: "person_cleo" } },
      status: "abandoned",
      owedAt: summary.openedAt,
      attempts: 0,
      reason: "mail-off",
    },
    {
      id: "e2",
      version: 1,
      index: 1,
      owed: { kind: "timer", wakeAt: summary.dueAt },
      status: "done",
      owedAt: summary.openedAt,
      attempts: 1,
    },
  ],
};
/** For tests: a no of the desk. */
export const problem = (status: number, code: string, more = {}) =>
  Response.json({ type: `urn:ithaca:problem:${code}`, title: "Title", status, detail: "Detail.", ...more }, { status });

/** For tests: a desk: reads answer the whole case, changes their summary. */
export const desk = ({ method }: Sent) =>
  method === "GET"
    ? Response.json(whole)
    : Response.json({ case: { ...summary, version: 5 }, messageId: "msg_3" }, { status: 201 });
/** For tests: an agent who is signed in to a desk with this case. */
export const signedIn: FakeWorld = { profile: SIGNED_IN, answer: desk };
