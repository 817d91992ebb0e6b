import { type ClientOptions, TIMEOUT_MS_DEFAULT } from "./client-options.ts";
import { ProblemError, problemOf, UnreachableError } from "./problem-error.ts";
import { isPassing, TRIES_MAX, waitMs } from "./try-again.ts";

/** One request, as HTTP has it. */
export interface HttpRequest {
  readonly method: string;
  /** With the query, beginning with `/`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Sends a request until it is answered. Throws a ProblemError when the answer is no, an UnreachableError when there is
 * none. Only for requests whose repeat does no harm.
 */
export async function request(options: ClientOptions, asked: HttpRequest): Promise<Response> {
  const { wait = waitWithTimer } = options;
  const url = options.baseUrl.replace(/\/+$/, "") + asked.path;

  for (let tried = 1; ; tried += 1) {
    const token = await options.token();
    const outcome = await attempt(options, url, asked, token);
    if (outcome instanceof Response && outcome.ok) return outcome;
    const last = tried >= TRIES_MAX;
    if (outcome instanceof Response && (last || !isPassing(outcome.status))) {
      throw new ProblemError(await problemOf(outcome));
    }
    if (!(outcome instanceof Response) && last) throw new UnreachableError(url, outcome.failure);
    await wait(waitMs(tried, outcome instanceof Response ? outcome.headers.get("retry-after") : null));
  }
}

async function attempt(
  options: ClientOptions,
  url: string,
  { method, headers, body }: HttpRequest,
  token: string,
): Promise<Response | { failure: unknown }> {
  const send = options.fetch ?? fetch;
  try {
    return await send(url, {
      method,
      headers: {
        accept: "application/json, image/svg+xml",
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS_DEFAULT),
    });
  } catch (failure) {
    return { failure };
  }
}

function waitWithTimer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
