export type { JsonAnswerOf, JsonBodyOf, JsonParamsOf, JsonQueryOf, Problem, RouteId } from "@ithaca/contracts";
export type { Answer, Call } from "./call.ts";
export {
  type CalendarsClient,
  type CaseLink,
  type CaseListQuestion,
  type CasesClient,
  type ChangeTerms,
  type Client,
  createClient,
  type VersionAsked,
} from "./client.ts";
export { type ClientOptions, TIMEOUT_MS_DEFAULT } from "./client-options.ts";
export { ProblemError, UnreachableError } from "./problem-error.ts";
export { type HttpRequest, request } from "./request.ts";
export { TRIES_MAX } from "./try-again.ts";
