import { describe, expect, test } from "vitest";
import { openedCase } from "../fixtures/example-case.ts";
import { type Action, authorize, type Resource } from "./authorize.ts";
import { type Principal, VISITOR, type Visitor } from "./principal.ts";

const { case: acmes } = openedCase();
const agent: Principal = {
  kind: "agent",
  id: "prin_a",
  name: "Ann",
  address: "ann@desk.example",
  role: "agent",
  teams: [],
};
const lead: Principal = { ...agent, id: "prin_l", role: "lead" };
const manager: Principal = { ...agent, id: "prin_g", role: "manager" };
const requester: Principal = { kind: "customer", id: "prin_jo", personId: "person_jo" };
const colleague: Principal = { kind: "customer", id: "prin_c", personId: "person_c", accountId: "acct_acme" };
const stranger: Principal = { kind: "customer", id: "prin_s", personId: "person_s", accountId: "acct_other" };
const nobodys: Principal = { kind: "customer", id: "prin_n", personId: "person_n" };
const machine: Principal = { kind: "channel", id: "prin_m", name: "Portal", channels: ["portal"] };

const theCase: Resource = { kind: "case", case: acmes };
const withoutAccount: Resource = { kind: "case", case: { ...acmes, accountId: undefined } };
const desk: Resource = { kind: "desk" };
const portal: Resource = { kind: "channel", channel: "portal", selfService: true };
const annsTasks: Resource = { kind: "tasks", agentId: "prin_a" };
const bensTasks: Resource = { kind: "tasks", agentId: "prin_b" };
const email: Resource = { kind: "channel", channel: "email", selfService: false };

const ON_CASES: Action[] = [
  "case.read-internal",
  "case.explain",
  "case.reply",
  "case.note",
  "case.take",
  "case.prioritise",
  "case.resolve",
];

describe("who may do what", () => {
  test.each([
    ["the requester reads their case", requester, "case.read", theCase, true],
    ["somebody of the account reads it", colleague, "case.read", theCase, true],
    ["somebody of another account does not", stranger, "case.read", theCase, false],
    ["no account on either side is no account in common", nobodys, "case.read", withoutAccount, false],
    ["a machine reads no case", machine, "case.read", theCase, false],
    ["a customer lists no cases of the desk", requester, "case.list", desk, false],
    ["a customer writes in the portal", requester, "message.send", portal, true],
    ["a customer cannot write as the mail channel", requester, "message.send", email, false],
    ["a machine writes on its own channel", machine, "message.send", portal, true],
    ["a machine writes on no other", machine, "message.send", email, false],
    ["a machine knows itself", machine, "directory.read-self", desk, true],
    ["a customer reckons with the desk's hours", requester, "calendar.reckon", desk, true],
    ["a machine reckons with them", machine, "calendar.reckon", desk, true],
    ["a customer sees no notes in a calendar", requester, "calendar.read", desk, false],
    ["anybody sees the page of a calendar", VISITOR, "calendar.visit", desk, true],
    ["a visitor reckons nothing", VISITOR, "calendar.reckon", desk, false],
    ["a visitor sends nothing", VISITOR, "message.send", portal, false],
    ["an agent sees their own tasks", agent, "task.list", annsTasks, true],
    ["and nobody else's", agent, "task.list", bensTasks, false],
    ["a lead sees an agent's", lead, "task.list", annsTasks, true],
    ["an agent ends their own task", agent, "task.finish", annsTasks, true],
    ["and nobody else's task", agent, "task.finish", bensTasks, false],
    ["a lead ends none of an agent's", lead, "task.finish", annsTasks, false],
    ["a manager does", manager, "task.finish", annsTasks, true],
    ["a customer has no tasks", requester, "task.list", { kind: "tasks", agentId: "prin_jo" }, false],
    ["a visitor reads no case", VISITOR, "case.read", theCase, false],
  ] as [string, Principal | Visitor, Action, Resource, boolean][])(
    "%s",
    (_what, principal, action, resource, allowed) => {
      expect(authorize(principal, action, resource)).toBe(allowed);
    },
  );

  test.each(ON_CASES)("%s is for agents only, on any case", (action) => {
    expect(authorize(agent, action, theCase)).toBe(true);
    for (const other of [requester, colleague, stranger, machine])
      expect(authorize(other, action, theCase)).toBe(false);
  });
});
