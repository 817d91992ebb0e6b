import type { JsonAnswerOf, JsonBodyOf, JsonParamsOf, JsonQueryOf, RouteId } from "@ithaca/contracts";
import { type Answer, type Call, call } from "./call.ts";
import type { ClientOptions } from "./client-options.ts";

/** Which list of cases; the limit as a number or in digits. */
export type CaseListQuestion = Omit<JsonQueryOf<"list-cases">, "limit"> & { readonly limit?: number | string };

/** What a change of a case says beside itself. */
export interface ChangeTerms {
  /** The version that you read; the change is refused (code `stale`) when the case has moved on. */
  readonly ifVersion: number;
  readonly idempotencyKey?: string;
}

/** A change of which the customer is told by mail if `notify` says so; otherwise nobody is. */
export interface TellingTerms extends ChangeTerms {
  readonly notify?: boolean;
}

/** How a case stands to another. */
export type CaseLink<Id extends "link-case" | "unlink-case"> = Omit<JsonParamsOf<Id>, "number">;

/** The cases of a desk. Numbers are nine digits. */
export interface CasesClient {
  list(question: CaseListQuestion): Promise<JsonAnswerOf<"list-cases">>;
  /** How many cases are in each list. */
  counts(): Promise<JsonAnswerOf<"count-cases">>;
  /** What changed since a cursor, each case as it is now; without one, a cursor to begin with. */
  changes(question?: { readonly after?: string; readonly limit?: number }): Promise<JsonAnswerOf<"list-changes">>;
  read(number: string): Promise<JsonAnswerOf<"read-case">>;
  explain(number: string, metric: JsonParamsOf<"explain-clock">["metric"]): Promise<JsonAnswerOf<"explain-clock">>;
  /** The same as a picture: an SVG bar. */
  draw(number: string, metric: JsonParamsOf<"draw-clock">["metric"]): Promise<JsonAnswerOf<"draw-clock">>;
  /** Excuses the last broken promise of a metric, or that of the cycle named. */
  waive(
    number: string,
    metric: JsonParamsOf<"waive-breach">["metric"],
    waiver: JsonBodyOf<"waive-breach">,
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"waive-breach">>;
  reply(number: string, words: JsonBodyOf<"write-reply">, terms: ChangeTerms): Promise<JsonAnswerOf<"write-reply">>;
  note(number: string, words: JsonBodyOf<"write-note">, terms: ChangeTerms): Promise<JsonAnswerOf<"write-note">>;
  take(number: string, terms: ChangeTerms): Promise<JsonAnswerOf<"take-case">>;
  /** To an agent by id, or to `nobody`. */
  assign(number: string, assignee: string, terms: ChangeTerms): Promise<JsonAnswerOf<"take-case">>;
  changeTeam(
    number: string,
    change: JsonBodyOf<"change-team">,
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"change-team">>;
  /** Lets the case wait, or opens it again. */
  changeStatus(
    number: string,
    change: JsonBodyOf<"change-status">,
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"change-status">>;
  /** All tags as they are to be; fields, marks and collaborators likewise. */
  setTags(number: string, tags: readonly string[], terms: ChangeTerms): Promise<JsonAnswerOf<"change-tags">>;
  setFields(
    number: string,
    fields: JsonBodyOf<"change-fields">["fields"],
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"change-fields">>;
  setMarks(
    number: string,
    marks: JsonBodyOf<"change-marks">["marks"],
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"change-marks">>;
  setCollaborators(
    number: string,
    collaborators: readonly string[],
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"change-collaborators">>;
  addParticipant(
    number: string,
    participant: JsonBodyOf<"add-participant">,
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"add-participant">>;
  removeParticipant(number: string, personId: string, terms: ChangeTerms): Promise<JsonAnswerOf<"remove-participant">>;
  /** Merges another case into this one. */
  /** Merges another case into this one; `notify` tells its requester where it goes on. */
  merge(number: string, other: string, terms: TellingTerms): Promise<JsonAnswerOf<"merge-case">>;
  unmerge(number: string, other: string, terms: ChangeTerms): Promise<JsonAnswerOf<"unmerge-case">>;
  /** Makes a case of its own of a message. */
  split(number: string, messageId: string, terms: TellingTerms): Promise<JsonAnswerOf<"split-case">>;
  link(number: string, to: CaseLink<"link-case">, terms: ChangeTerms): Promise<JsonAnswerOf<"link-case">>;
  unlink(number: string, to: CaseLink<"unlink-case">, terms: ChangeTerms): Promise<JsonAnswerOf<"unlink-case">>;
  changePriority(
    number: string,
    change: JsonBodyOf<"change-priority">,
    terms: ChangeTerms,
  ): Promise<JsonAnswerOf<"change-priority">>;
  resolve(number: string, words: JsonBodyOf<"resolve-case">, terms: ChangeTerms): Promise<JsonAnswerOf<"resolve-case">>;
}

/** Business time. Instants are ISO 8601, lengths minutes; `version` asks for another version than the one in force. */
export interface CalendarsClient {
  list(): Promise<JsonAnswerOf<"list-calendars">>;
  read(id: string, asked?: VersionAsked): Promise<JsonAnswerOf<"read-calendar">>;
  /** The openings in [from, until). */
  openings(id: string, range: VersionAsked & { from: string; until: string }): Promise<JsonAnswerOf<"list-openings">>;
  /** The opening at or after an instant; now when it is left out. */
  next(id: string, asked?: VersionAsked & { at?: string }): Promise<JsonAnswerOf<"find-opening">>;
  /** When so much open time has elapsed since `start`; less than nothing counts back. */
  add(id: string, asked: VersionAsked & { start: string; minutes: number }): Promise<JsonAnswerOf<"add-open-time">>;
  between(id: string, range: VersionAsked & { start: string; end: string }): Promise<JsonAnswerOf<"measure-open-time">>;
  /** What counts and what does not, until so many minutes have elapsed or until `end`. */
  explain(
    id: string,
    asked: VersionAsked & { start: string; minutes?: number; end?: string },
  ): Promise<JsonAnswerOf<"explain-open-time">>;
  /** When nobody is there in the months from an instant on; the next 24 from now when nothing is said. */
  coverage(asked?: { from?: string; months?: number }): Promise<JsonAnswerOf<"read-coverage">>;
}

export interface VersionAsked {
  readonly version?: number;
}

/** Who is who at a desk. */
export interface DirectoryClient {
  account(id: string): Promise<JsonAnswerOf<"read-account">>;
  putAccount(id: string, account: JsonBodyOf<"put-account">): Promise<JsonAnswerOf<"put-account">>;
  person(id: string): Promise<JsonAnswerOf<"read-person">>;
  personOf(address: string): Promise<JsonAnswerOf<"find-person">>;
  putPerson(id: string, person: JsonBodyOf<"put-person">): Promise<JsonAnswerOf<"put-person">>;
  principal(id: string): Promise<JsonAnswerOf<"read-principal">>;
  putAgent(id: string, agent: JsonBodyOf<"put-agent">): Promise<JsonAnswerOf<"put-agent">>;
  putChannel(id: string, machine: JsonBodyOf<"put-channel">): Promise<JsonAnswerOf<"put-channel">>;
}

/** The versions of a desk's policy. */
export interface PolicyClient {
  versions(): Promise<JsonAnswerOf<"list-policy-versions">>;
  version(version: number): Promise<JsonAnswerOf<"read-policy-version">>;
  /** Makes the next version, in force from an instant to come. */
  apply(
    rules: JsonBodyOf<"apply-policy">,
    terms?: Pick<ChangeTerms, "idempotencyKey">,
  ): Promise<JsonAnswerOf<"apply-policy">>;
}

/** What other rules would have changed; a preview is worked out while you wait, and kept for a week. */
export interface PreviewsClient {
  start(
    proposal: JsonBodyOf<"start-preview">,
    terms?: Pick<ChangeTerms, "idempotencyKey">,
  ): Promise<JsonAnswerOf<"start-preview">>;
  /** How far it has come; with the result once it is done. */
  read(id: string): Promise<JsonAnswerOf<"read-preview">>;
}

/** How a desk kept its promises. */
export interface ReportsClient {
  /** Months such as "2026-11", both counted; `by` names dimensions with commas between. */
  attainment(asked?: JsonQueryOf<"report-attainment">): Promise<JsonAnswerOf<"report-attainment">>;
}

/** What is left to agents by hand: replies whose mail was abandoned. */
export interface TasksClient {
  /** The caller's own, unless a lead names another agent. */
  list(question?: {
    readonly agent?: string;
    readonly limit?: number;
    readonly cursor?: string;
  }): Promise<JsonAnswerOf<"list-tasks">>;
  /** Takes a task off its agent's list. */
  finish(id: string): Promise<JsonAnswerOf<"finish-task">>;
}

/** The API of a desk. Every function throws a ProblemError when the answer is no. */
export interface Client {
  /** Opens a case, or joins the one that the message names. */
  sendMessage(
    message: JsonBodyOf<"send-message">,
    terms?: Pick<ChangeTerms, "idempotencyKey">,
  ): Promise<JsonAnswerOf<"send-message">>;
  readonly cases: CasesClient;
  readonly directory: DirectoryClient;
  readonly calendars: CalendarsClient;
  readonly policy: PolicyClient;
  readonly reports: ReportsClient;
  readonly previews: PreviewsClient;
  readonly tasks: TasksClient;
  /** Who the caller is to the desk. */
  self(): Promise<JsonAnswerOf<"read-self">>;
  /** Any route by its id, for who wants status, version and whether it was a replay. */
  call<Id extends RouteId>(id: Id, asked?: Call<Id>): Promise<Answer<Id>>;
}

/** A client of one desk, as one caller. In Node and in browsers. */
export function createClient(options: ClientOptions): Client {
  const ask = async <Id extends RouteId>(id: Id, asked?: Call<Id>) => (await call(options, id, asked)).body;

  return {
    sendMessage: (body, terms) => ask("send-message", { body, ...terms }),
    cases: {
      list: ({ limit, ...query }) =>
        ask("list-cases", { query: { ...query, ...(limit !== undefined && { limit: String(limit) }) } }),
      counts: () => ask("count-cases"),
      changes: ({ after, limit } = {}) =>
        ask("list-changes", {
          query: { ...(after !== undefined && { after }), ...(limit !== undefined && { limit: String(limit) }) },
        }),
      read: (number) => ask("read-case", { params: { number } }),
      explain: (number, metric) => ask("explain-clock", { params: { number, metric } }),
      draw: (number, metric) => ask("draw-clock", { params: { number, metric } }),
      waive: (number, metric, body, terms) => ask("waive-breach", { params: { number, metric }, body, ...terms }),
      reply: (number, body, terms) => ask("write-reply", { params: { number }, body, ...terms }),
      note: (number, body, terms) => ask("write-note", { params: { number }, body, ...terms }),
      take: (number, terms) => ask("take-case", { params: { number }, body: { assignee: "me" }, ...terms }),
      assign: (number, assignee, terms) => ask("take-case", { params: { number }, body: { assignee }, ...terms }),
      changeTeam: (number, body, terms) => ask("change-team", { params: { number }, body, ...terms }),
      changeStatus: (number, body, terms) => ask("change-status", { params: { number }, body, ...terms }),
      setTags: (number, tags, terms) => ask("change-tags", { params: { number }, body: { tags: [...tags] }, ...terms }),
      setFields: (number, fields, terms) => ask("change-fields", { params: { number }, body: { fields }, ...terms }),
      setMarks: (number, marks, terms) => ask("change-marks", { params: { number }, body: { marks }, ...terms }),
      setCollaborators: (number, all, terms) =>
        ask("change-collaborators", { params: { number }, body: { collaborators: [...all] }, ...terms }),
      addParticipant: (number, body, terms) => ask("add-participant", { params: { number }, body, ...terms }),
      removeParticipant: (number, personId, terms) =>
        ask("remove-participant", { params: { number, personId }, ...terms }),
      merge: (number, other, { notify = false, ...terms }) =>
        ask("merge-case", { params: { number, other }, body: { notify }, ...terms }),
      unmerge: (number, other, terms) => ask("unmerge-case", { params: { number, other }, ...terms }),
      split: (number, messageId, { notify = false, ...terms }) =>
        ask("split-case", { params: { number }, body: { messageId, notify }, ...terms }),
      link: (number, to, terms) => ask("link-case", { params: { number, ...to }, ...terms }),
      unlink: (number, to, terms) => ask("unlink-case", { params: { number, ...to }, ...terms }),
      changePriority: (number, body, terms) => ask("change-priority", { params: { number }, body, ...terms }),
      resolve: (number, body, terms) => ask("resolve-case", { params: { number }, body, ...terms }),
    },
    calendars: {
      list: () => ask("list-calendars"),
      read: (id, asked) => ask("read-calendar", { params: { id }, query: written(asked ?? {}) }),
      openings: (id, range) => ask("list-openings", { params: { id }, query: written(range) }),
      next: (id, asked) => ask("find-opening", { params: { id }, query: written(asked ?? {}) }),
      add: (id, asked) => ask("add-open-time", { params: { id }, query: written(asked) }),
      between: (id, range) => ask("measure-open-time", { params: { id }, query: written(range) }),
      explain: (id, asked) => ask("explain-open-time", { params: { id }, query: written(asked) }),
      coverage: (asked) => ask("read-coverage", { query: written(asked ?? {}) }),
    },
    directory: {
      account: (id) => ask("read-account", { params: { id } }),
      putAccount: (id, body) => ask("put-account", { params: { id }, body }),
      person: (id) => ask("read-person", { params: { id } }),
      personOf: (address) => ask("find-person", { query: { address } }),
      putPerson: (id, body) => ask("put-person", { params: { id }, body }),
      principal: (id) => ask("read-principal", { params: { id } }),
      putAgent: (id, body) => ask("put-agent", { params: { id }, body }),
      putChannel: (id, body) => ask("put-channel", { params: { id }, body }),
    },
    policy: {
      versions: () => ask("list-policy-versions"),
      version: (version) => ask("read-policy-version", { params: { version: String(version) } }),
      apply: (body, terms) => ask("apply-policy", { body, ...terms }),
    },
    reports: { attainment: (asked) => ask("report-attainment", { query: asked ?? {} }) },
    previews: {
      start: (body, terms) => ask("start-preview", { body, ...terms }),
      read: (id) => ask("read-preview", { params: { id } }),
    },
    tasks: {
      list: (asked) => ask("list-tasks", { query: written(asked ?? {}) }),
      finish: (id) => ask("finish-task", { params: { id } }),
    },
    self: () => ask("read-self"),
    call: (id, asked) => call(options, id, asked),
  };
}

type Written<Query> = { [Name in keyof Query]: Query[Name] extends number | undefined ? string : Query[Name] };

/** A query with its numbers in digits. */
function written<Query extends object>(query: Query): Written<Query> {
  const entries = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === "number" ? String(value) : value,
  ]);
  return Object.fromEntries(entries) as Written<Query>;
}
