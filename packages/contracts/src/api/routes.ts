import { CaseNumber, Metric, Principal } from "@ithaca/domain";
import * as z from "zod/mini";
import { defineRoute, type RouteDefinition } from "./define-route.ts";
import { ChangeHeaders, SendHeaders } from "./headers.ts";
import {
  AssigneeBody,
  CaseList,
  CaseListQuery,
  CaseWhole,
  ChangedCase,
  PriorityBody,
  ResolutionBody,
  WordsBody,
} from "./shapes/case-shapes.ts";
import { ClockExplanation } from "./shapes/clock-explanation.ts";
import { MessageReceipt, SendMessageBody } from "./shapes/message-shapes.ts";

const CaseParams = z.object({ number: CaseNumber });

const changedCase = { description: "The case as it is now.", body: ChangedCase };

/** Every route of the API, by its id. */
export const routes = {
  "send-message": defineRoute({
    id: "send-message",
    method: "POST",
    path: "/v1/messages",
    action: "message.send",
    summary: "Sends a message to the desk: it opens a case, or joins the one that it names.",
    changesCase: false,
    headers: SendHeaders,
    body: SendMessageBody,
    responses: {
      201: { description: "The message was taken in.", body: MessageReceipt },
      200: { description: "The same message was taken in before; this is what became of it.", body: MessageReceipt },
    },
  }),
  "list-cases": defineRoute({
    id: "list-cases",
    method: "GET",
    path: "/v1/cases",
    action: "case.list",
    summary: "Lists the cases of a team, the most pressing first.",
    changesCase: false,
    query: CaseListQuery,
    responses: { 200: { description: "A page of cases, by due and then by last change.", body: CaseList } },
  }),
  "read-case": defineRoute({
    id: "read-case",
    method: "GET",
    path: "/v1/cases/{number}",
    action: "case.read",
    summary: "Shows one case whole; the ETag is its version.",
    changesCase: false,
    params: CaseParams,
    responses: { 200: { description: "The case.", body: CaseWhole } },
  }),
  "explain-clock": defineRoute({
    id: "explain-clock",
    method: "GET",
    path: "/v1/cases/{number}/clocks/{metric}/explanation",
    action: "case.explain",
    summary: "Explains the due of a clock: the rule, the spans that count, the holidays that do not.",
    changesCase: false,
    params: z.object({ number: CaseNumber, metric: Metric }),
    responses: { 200: { description: "Why it is due when it is.", body: ClockExplanation } },
  }),
  "write-reply": defineRoute({
    id: "write-reply",
    method: "POST",
    path: "/v1/cases/{number}/replies",
    action: "case.reply",
    summary: "Answers the customer: stops the response clock and sends the words by mail.",
    changesCase: true,
    params: CaseParams,
    headers: ChangeHeaders,
    body: WordsBody,
    responses: { 201: changedCase },
  }),
  "write-note": defineRoute({
    id: "write-note",
    method: "POST",
    path: "/v1/cases/{number}/notes",
    action: "case.note",
    summary: "Leaves a note for other agents, which no customer sees.",
    changesCase: true,
    params: CaseParams,
    headers: ChangeHeaders,
    body: WordsBody,
    responses: { 201: changedCase },
  }),
  "take-case": defineRoute({
    id: "take-case",
    method: "PUT",
    path: "/v1/cases/{number}/assignee",
    action: "case.take",
    summary: "Makes the case the caller's own.",
    changesCase: true,
    params: CaseParams,
    headers: ChangeHeaders,
    body: AssigneeBody,
    responses: { 200: changedCase },
  }),
  "change-priority": defineRoute({
    id: "change-priority",
    method: "PUT",
    path: "/v1/cases/{number}/priority",
    action: "case.prioritise",
    summary: "Gives the case another priority; team and due follow.",
    changesCase: true,
    params: CaseParams,
    headers: ChangeHeaders,
    body: PriorityBody,
    responses: { 200: changedCase },
  }),
  "resolve-case": defineRoute({
    id: "resolve-case",
    method: "POST",
    path: "/v1/cases/{number}/resolution",
    action: "case.resolve",
    summary: "Resolves the case, with words to the customer or without.",
    changesCase: true,
    params: CaseParams,
    headers: ChangeHeaders,
    body: ResolutionBody,
    responses: { 200: changedCase },
  }),
  "read-self": defineRoute({
    id: "read-self",
    method: "GET",
    path: "/v1/me",
    action: "directory.read-self",
    summary: "Says who the caller is to the desk.",
    changesCase: false,
    responses: { 200: { description: "The caller.", body: Principal } },
  }),
} as const satisfies Readonly<Record<string, RouteDefinition>>;

export type Routes = typeof routes;
export type RouteId = keyof Routes;
