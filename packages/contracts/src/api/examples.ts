import type { JsonBodyOf, JsonParamsOf, JsonQueryOf } from "./route-types.ts";
import type { RouteId } from "./routes.ts";

/** A request to a route as somebody would send it. */
export interface RouteExample<Id extends RouteId> {
  readonly params?: JsonParamsOf<Id>;
  readonly query?: Partial<JsonQueryOf<Id>>;
  readonly body?: JsonBodyOf<Id>;
}

/** The case that the examples are about, and another one of the same customer. */
export const EXAMPLE_NUMBER = "148203917";
export const EXAMPLE_OTHER_NUMBER = "148203925";
/** A later message of its customer. */
export const EXAMPLE_MESSAGE_ID = "msg_7f3a";

/** A reply to the example's case whose mail was abandoned. */
export const EXAMPLE_TASK_ID = `case_${EXAMPLE_NUMBER}.2.0`;

/** A preview of other rules. */
export const EXAMPLE_PREVIEW_ID = "prev_7c1e5f0a";
/** The hours of a team with a day off that it did not have. */
const EXAMPLE_CALENDAR: NonNullable<JsonBodyOf<"start-preview">["calendars"]>[number] = {
  id: "main-hours",
  version: 1,
  name: "Main desk",
  zone: "America/New_York",
  week: {
    "1": [["08:00", "20:00"]],
    "2": [["08:00", "20:00"]],
    "3": [["08:00", "20:00"]],
    "4": [["08:00", "20:00"]],
    "5": [["08:00", "20:00"]],
  },
  holidays: [{ on: "2026-11-27", name: "Day after Thanksgiving", source: { kind: "hand" } }],
};

/** A small desk's rules: one team on the shipped hours, an answer within a day. */
const EXAMPLE_POLICY: JsonBodyOf<"apply-policy">["policy"] = {
  version: 1,
  name: "Lakeside support",
  teams: [
    {
      code: "main",
      name: "Main support",
      zone: "America/New_York",
      hours: "main-hours",
      leadAddress: "lead@desk.example",
      onCallAddress: "on-call@desk.example",
    },
  ],
  channels: [{ code: "portal", name: "Portal", selfService: true, vouchesForSender: true }],
  priorities: [{ code: "normal", name: "Normal", rank: 1, pages: false }],
  packages: [],
  classification: [{ id: "as-requested", when: {}, priority: "as-requested" }],
  routing: [{ id: "own-team", when: {}, team: "account-team" }],
  targets: [
    {
      id: "response",
      when: { metric: ["first-response", "next-response"] },
      length: { businessDays: 1 },
      clock: "team-hours",
      warnings: [{ percent: 75 }],
    },
  ],
  defaultTeam: "main",
  defaultPriority: "normal",
  topTier: 2,
  reopenWithinDays: 14,
};

const number = EXAMPLE_NUMBER;
const other = EXAMPLE_OTHER_NUMBER;
const id = "main-hours";

/** An example of every route. Each is sent to the handlers by a test, which is answered well. */
export const EXAMPLES: { readonly [Id in RouteId]: RouteExample<Id> } = {
  "send-message": {
    body: {
      channel: "portal",
      channelMessageId: "5b1d0c2e",
      subject: "The invoice page is empty",
      text: "Since this morning it shows nothing.",
      requestedPriority: "high",
    },
  },
  "list-cases": { query: { view: "at-risk", limit: "20" } },
  "count-cases": {},
  "list-changes": { query: { limit: "100" } },
  "read-case": { params: { number } },
  "explain-clock": { params: { number, metric: "first-response" } },
  "draw-clock": { params: { number, metric: "first-response" } },
  "waive-breach": {
    params: { number, metric: "first-response" },
    body: { reason: "Their own line was cut until noon." },
  },
  "write-reply": { params: { number }, body: { text: "Fixed: please reload the page." } },
  "write-note": { params: { number }, body: { text: "She called twice this morning." } },
  "take-case": { params: { number }, body: { assignee: "me" } },
  "change-priority": { params: { number }, body: { priority: "low", reason: "It can wait until the month end." } },
  "resolve-case": { params: { number }, body: { text: "This is fixed in version 4.2." } },
  "change-team": { params: { number }, body: { team: "au", reason: "They are in Sydney this week." } },
  "change-status": { params: { number }, body: { status: "waiting-on-customer" } },
  "change-tags": { params: { number }, body: { tags: ["invoices", "month end"] } },
  "change-fields": { params: { number }, body: { fields: {} } },
  "change-marks": { params: { number }, body: { marks: ["test"] } },
  "change-collaborators": { params: { number }, body: { collaborators: ["prin_ana"] } },
  "add-participant": { params: { number }, body: { address: "clive@example.com", part: "follower", seesCase: true } },
  "remove-participant": { params: { number, personId: "person_clive" } },
  "merge-case": { params: { number, other }, body: { notify: true } },
  "unmerge-case": { params: { number, other } },
  "split-case": { params: { number }, body: { messageId: EXAMPLE_MESSAGE_ID } },
  "link-case": { params: { number, link: "related", other } },
  "unlink-case": { params: { number, link: "related", other } },
  "read-account": { params: { id: "acct_lakeside" } },
  "put-account": {
    params: { id: "acct_quay" },
    body: { name: "Quay Cranes", package: "standard", team: "au", zone: "Australia/Sydney", language: "en" },
  },
  "find-person": { query: { address: "cleo@example.com" } },
  "read-person": { params: { id: "person_cleo" } },
  "put-person": { params: { id: "person_kim" }, body: { name: "Kim", addresses: ["kim@quay.example"] } },
  "read-principal": { params: { id: "prin_ana" } },
  "put-agent": {
    params: { id: "prin_bo" },
    body: { name: "Bo Lind", address: "bo@desk.example", role: "lead", teams: ["main"] },
  },
  "put-channel": { params: { id: "prin_ivr" }, body: { name: "Phone system", channels: ["phone"] } },
  "read-self": {},
  "list-calendars": {},
  "read-calendar": { params: { id }, query: { version: "1" } },
  "list-openings": { params: { id }, query: { from: "2026-11-25T00:00:00Z", until: "2026-12-02T00:00:00Z" } },
  "find-opening": { params: { id }, query: { at: "2026-11-26T15:00:00Z" } },
  "add-open-time": { params: { id }, query: { start: "2026-11-25T23:00:00Z", minutes: "240" } },
  "measure-open-time": { params: { id }, query: { start: "2026-11-25T00:00:00Z", end: "2026-12-02T00:00:00Z" } },
  "explain-open-time": { params: { id }, query: { start: "2026-11-25T23:00:00Z", minutes: "240" } },
  "read-coverage": { query: { from: "2026-11-01T00:00:00Z", months: "3" } },
  "start-preview": { body: { calendars: [EXAMPLE_CALENDAR], days: 90 } },
  "report-attainment": { query: { from: "2026-10", to: "2026-11", by: "team,priority" } },
  "list-tasks": { query: { limit: "20" } },
  "finish-task": { params: { id: EXAMPLE_TASK_ID } },
  "read-preview": { params: { id: EXAMPLE_PREVIEW_ID } },
  "list-policy-versions": {},
  "read-policy-version": { params: { version: "1" } },
  "apply-policy": {
    body: {
      policy: EXAMPLE_POLICY,
      basedOn: 1,
      inForceFrom: "2027-01-04T00:00:00Z",
      reason: "One promise for everybody from the new year on",
    },
  },
};
