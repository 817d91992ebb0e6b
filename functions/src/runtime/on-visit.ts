import { createHash } from "node:crypto";
import {
  type PageDefinition,
  type PageId,
  type PageMedia,
  type PageParamsOf,
  type PageQueryOf,
  PROBLEM_MEDIA_TYPE,
  pages,
} from "@ithaca/contracts";
import { authorize, VISITOR } from "@ithaca/domain";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type * as z from "zod/mini";
import type { Connect } from "./connect.ts";
import { httpResponse } from "./http-response.ts";
import { invocation } from "./invocation.ts";
import type { Manifest } from "./manifest.ts";
import type { PortsOf } from "./on-routes.ts";
import { type HttpRequest, readVisit } from "./read-request.ts";
import { type No, no } from "./request.ts";

type PagesManifest = Manifest & { readonly trigger: { readonly kind: "pages" } };

/** An event of the HTTP API that says which page it is for: `GET /calendars`. */
export type VisitEvent = HttpRequest & { readonly routeKey: string };

/** What a visitor asks for. Nothing is known of them. */
export interface Visit<Id extends PageId> {
  readonly params: PageParamsOf<Id>;
  readonly query: PageQueryOf<Id>;
}

/** A page for anybody's browser and cache. */
export interface Page {
  readonly media: PageMedia;
  readonly text: string;
  /** For how long a cache may hand it on without asking again; `PAGE_KEPT_SECONDS` unless it says otherwise. */
  readonly keptSeconds?: number;
  /** The one style that holds in it, as it stands in the text. */
  readonly style?: string;
}

/** For how long a cache may hand on a page that is not of the newest rules. */
const PAGE_KEPT_SECONDS = 300;

/** What shows each of some pages. */
export type Shows<Ids extends PageId, P> = {
  readonly [Id in Ids]: (visit: Visit<Id>, ports: P) => Promise<Page | No>;
};

/** The handler of public pages: no caller, no cookie, nothing but what the function of the page decides to show. */
export function onVisit<const M extends PagesManifest, S extends Shows<M["trigger"]["pages"][number], never>>(
  manifest: M,
  shows: S,
  connect: Connect<z.output<M["env"]>, PortsOf<S>>,
) {
  type P = PortsOf<S>;
  const ids: readonly PageId[] = manifest.trigger.pages;
  const byKey = new Map(ids.map((id) => [`${pages[id].method} ${pages[id].path}`, id]));

  return invocation<M, VisitEvent, APIGatewayProxyStructuredResultV2, P>(
    manifest,
    connect,
    async (event, ports, { awsRequestId: requestId }, line) => {
      const id = byKey.get(event.routeKey);
      if (id === undefined) throw new Error(`${manifest.name} does not show ${event.routeKey}`);
      // What shows a page under its id is of that page: which one it is, is known only now.
      const show = (shows as unknown as Shows<PageId, P>)[id] as Shows<PageId, P>["show-calendars"];
      const shown = await answerTo(pages[id], event, (visit) => show(visit as Visit<"show-calendars">, ports));
      const answer = "problem" in shown ? problemResponse(shown, requestId) : pageResponse(shown, knownTag(event));
      line.note({ page: id, status: answer.statusCode ?? 0 });
      return answer;
    },
    ({ awsRequestId: requestId }) => problemResponse(no("fault"), requestId),
  );
}

async function answerTo(
  page: PageDefinition,
  event: HttpRequest,
  show: (visit: { params: unknown; query: unknown }) => Promise<Page | No>,
): Promise<Page | No> {
  if (!authorize(VISITOR, page.action, { kind: "desk" })) return no("not-there");
  const visit = readVisit(page, event);
  return "problem" in visit ? visit : show(visit);
}

function knownTag({ headers }: HttpRequest): string | undefined {
  return headers["if-none-match"];
}

function problemResponse({ problem }: No, requestId: string): APIGatewayProxyStructuredResultV2 {
  return httpResponse(problem.status, PROBLEM_MEDIA_TYPE, JSON.stringify({ ...problem, requestId }));
}

function pageResponse(
  { media, text, keptSeconds = PAGE_KEPT_SECONDS, style }: Page,
  known: string | undefined,
): APIGatewayProxyStructuredResultV2 {
  const head = { etag: `"${sha256(text)}"`, "cache-control": `public, max-age=${keptSeconds}` };
  const isKnown = (known ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === head.etag);
  if (isKnown) return { statusCode: 304, headers: head };
  return httpResponse(200, `${media}; charset=utf-8`, text, {
    ...head,
    "content-security-policy": contentPolicy(style),
    "referrer-policy": "no-referrer",
  });
}

/** Nothing runs, nothing is loaded but pictures of the desk's own, and no style holds but the page's. */
function contentPolicy(style: string | undefined): string {
  return [
    "default-src 'none'",
    "img-src 'self'",
    `style-src ${style === undefined ? "'none'" : `'sha256-${sha256(style)}'`}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
