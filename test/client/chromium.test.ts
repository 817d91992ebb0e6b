import type { IncomingMessage } from "node:http";
import { CROSS_ORIGIN, routes as definitions, type RouteId } from "@ithaca/contracts";
import { openRequestDesk } from "@ithaca/functions/src/fixtures/request-desk";
import { routesOf } from "@ithaca/functions/src/fixtures/routes-of";
import { describe, expect, test } from "vitest";
import { bundled, firstProgram } from "./first-program.ts";
import { bodyOf, CHROMIUM, listen, openPage, servePage } from "./in-chromium.ts";

/** The client in a real browser, on a page of another origin than the API: the handlers behind what the gateway does. */

const PLACES = (Object.keys(definitions) as RouteId[]).map((id) => {
  const { method, path } = definitions[id];
  return { id, method, pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`) };
});

const PREFLIGHT = {
  "access-control-allow-methods": CROSS_ORIGIN.methods.join(","),
  "access-control-allow-headers": CROSS_ORIGIN.requestHeaders.join(","),
  "access-control-max-age": String(CROSS_ORIGIN.maxAgeSeconds),
};
const EXPOSED = { "access-control-expose-headers": CROSS_ORIGIN.answerHeaders.join(",") };

type Routes = ReturnType<typeof routesOf>;

/** What the handlers answer to a request; the token is a caller's name. */
async function answerTo(routes: Routes, request: IncomingMessage): Promise<Awaited<ReturnType<Routes[RouteId]>>> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://desk");
  const place = PLACES.find(({ method, pattern }) => method === request.method && pattern.test(pathname));
  if (place === undefined || request.headers.authorization !== "Bearer ana") {
    return { status: place === undefined ? 404 : 401, headers: {}, body: {} };
  }
  const rawBody = await bodyOf(request);
  return routes[place.id]({
    as: "ana",
    path: { ...place.pattern.exec(pathname)?.groups },
    query: Object.fromEntries(searchParams),
    headers: request.headers as Record<string, string>,
    ...(rawBody !== "" && { rawBody }),
  });
}

/** A desk behind an HTTP server that answers browsers as the deployed gateway does. */
async function openApi(origins: readonly string[]): Promise<string> {
  const routes = routesOf(await openRequestDesk());
  return listen(async (request, response) => {
    const { origin = "" } = request.headers;
    const isIn = origins.includes(origin);
    const lets = isIn ? { "access-control-allow-origin": origin, vary: "origin" } : {};
    if (request.method === "OPTIONS") {
      response.writeHead(204, { ...lets, ...(isIn && PREFLIGHT) }).end();
      return;
    }
    const { status, headers, body } = await answerTo(routes, request);
    response.writeHead(status, { ...(headers as Record<string, string>), ...lets, ...(isIn && EXPOSED) });
    response.end(JSON.stringify(body));
  });
}

/** The README's first program with the API's address, then what needs headers both ways: an ETag, a replay, a problem. */
function programFor(api: string): Promise<string> {
  const [imports = "", rest = ""] = firstProgram()
    .replace("https://desk.example", api)
    .replace('channel: "portal",', 'channel: "portal", from: { address: "cleo@example.com" },')
    .split(/(?<=from "@ithaca\/client";\n)/);
  return bundled(`${imports.replace("@ithaca/client", "./src/index.ts")}
    const accessToken = "ana";
    const tell = (what) => fetch("/said", { method: "POST", body: JSON.stringify(what) });
    (async () => {
      ${rest}
      const { version } = await desk.call("read-case", { params: { number } });
      const note = { params: { number }, body: { text: "Hi" }, ifVersion: version, idempotencyKey: "once" };
      const first = await desk.call("write-note", note);
      const again = await desk.call("write-note", note);
      const stale = await desk.cases.note(number, { text: "Late" }, { ifVersion: version }).catch((no) => no.code);
      return { number, dueAt, version, replayed: [first.replayed, again.replayed], stale };
    })().then(tell, (error) => tell({ failed: error.name }));`);
}

describe.skipIf(CHROMIUM === undefined)("a page in Chromium (left out where there is none)", () => {
  test("opens a case by the README's first program, reads its version, and is told of a repeat and of what is stale", async () => {
    const page = await servePage(async (origin) => programFor(await openApi([origin])));
    expect(await openPage(page)).toEqual({
      number: expect.stringMatching(/^\d{9}$/),
      dueAt: expect.stringMatching(/^20\d\d-/),
      version: 1,
      replayed: [false, true],
      stale: "stale",
    });
  });

  test("of an origin that the deployment does not name gets nothing", async () => {
    const page = await servePage(async () => programFor(await openApi(["https://desk.ithaca.example"])));
    expect(await openPage(page)).toEqual({ failed: "UnreachableError" });
  });
});
