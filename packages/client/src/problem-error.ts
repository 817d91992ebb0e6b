import type { Problem } from "@ithaca/contracts";

/** The API said no. `problem` says why; `code` is for programs: not-there, stale, invalid-request, … */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.problem = problem;
  }

  /** The last part of the problem's type. */
  get code(): string {
    return this.problem.type.slice(this.problem.type.lastIndexOf(":") + 1);
  }
}

/** No answer came: the address is wrong, the network is down, or it took too long, tries included. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";

  constructor(url: string, cause: unknown) {
    super(`No answer from ${url}: ${reason(cause)}`, { cause });
  }
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  // fetch() says only "fetch failed"; what failed is its cause.
  return cause.cause instanceof Error ? cause.cause.message || String(cause.cause) : cause.message;
}

/** What a response that is not fine says; a gateway's own answers are no problems, so they are made into some. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return body;
  const { status } = response;
  if (status === 401 || status === 403) {
    return {
      type: "urn:ithaca:problem:not-signed-in",
      title: "Not signed in",
      status,
      detail: "The token is missing, expired or not for this API.",
    };
  }
  if (status === 429) {
    return {
      type: "urn:ithaca:problem:too-many",
      title: "Too many requests",
      status,
      detail: "Wait a little, then try again.",
    };
  }
  return {
    type: "about:blank",
    title: response.statusText || "No success",
    status,
    detail: `The answer was ${status} without a reason.`,
  };
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === "object" &&
    body !== null &&
    "type" in body &&
    "title" in body &&
    "status" in body &&
    "detail" in body
  );
}
