import { pages, type RouteId, routes } from "@ithaca/contracts";
import { HOUR_MS, numberOf, reply } from "@ithaca/domain";
import { reportAttainment } from "@ithaca/functions/src/attainment/report-attainment";
import { manifest as reportAttainmentManifest } from "@ithaca/functions/src/attainment/report-attainment.manifest";
import { publications } from "@ithaca/functions/src/calendar/publish-calendars";
import { manifest as publishCalendarsManifest } from "@ithaca/functions/src/calendar/publish-calendars.manifest";
import { reckonings } from "@ithaca/functions/src/calendar/reckon-business-time";
import { manifest as reckonBusinessTimeManifest } from "@ithaca/functions/src/calendar/reckon-business-time.manifest";
import { changePriority } from "@ithaca/functions/src/cases/change-priority";
import { manifest as changePriorityManifest } from "@ithaca/functions/src/cases/change-priority.manifest";
import { combinations } from "@ithaca/functions/src/cases/combine-cases";
import { manifest as combineCasesManifest } from "@ithaca/functions/src/cases/combine-cases.manifest";
import { edits } from "@ithaca/functions/src/cases/edit-case";
import { manifest as editCaseManifest } from "@ithaca/functions/src/cases/edit-case.manifest";
import { drawClock, explainClock } from "@ithaca/functions/src/cases/explain-clock";
import { manifest as explainClockManifest } from "@ithaca/functions/src/cases/explain-clock.manifest";
import { countCases, listChanges } from "@ithaca/functions/src/cases/follow-cases";
import { manifest as followCasesManifest } from "@ithaca/functions/src/cases/follow-cases.manifest";
import { listCases } from "@ithaca/functions/src/cases/list-cases";
import { manifest as listCasesManifest } from "@ithaca/functions/src/cases/list-cases.manifest";
import { readCase } from "@ithaca/functions/src/cases/read-case";
import { manifest as readCaseManifest } from "@ithaca/functions/src/cases/read-case.manifest";
import { readSelf } from "@ithaca/functions/src/cases/read-self";
import { manifest as readSelfManifest } from "@ithaca/functions/src/cases/read-self.manifest";
import { resolveCase } from "@ithaca/functions/src/cases/resolve-case";
import { manifest as resolveCaseManifest } from "@ithaca/functions/src/cases/resolve-case.manifest";
import { takeCase } from "@ithaca/functions/src/cases/take-case";
import { manifest as takeCaseManifest } from "@ithaca/functions/src/cases/take-case.manifest";
import { waiveBreach } from "@ithaca/functions/src/cases/waive-breach";
import { manifest as waiveBreachManifest } from "@ithaca/functions/src/cases/waive-breach.manifest";
import { writeNote } from "@ithaca/functions/src/cases/write-note";
import { manifest as writeNoteManifest } from "@ithaca/functions/src/cases/write-note.manifest";
import { writeReply } from "@ithaca/functions/src/cases/write-reply";
import { manifest as writeReplyManifest } from "@ithaca/functions/src/cases/write-reply.manifest";
import { directoryRoutes } from "@ithaca/functions/src/directory/keep-directory";
import { manifest as keepDirectoryManifest } from "@ithaca/functions/src/directory/keep-directory.manifest";
import { documents } from "@ithaca/functions/src/documents/publish-api";
import { manifest as publishApiManifest } from "@ithaca/functions/src/documents/publish-api.manifest";
import { sendMail } from "@ithaca/functions/src/email/send-mail";
import { LAMBDA_CONTEXT } from "@ithaca/functions/src/fixtures/lambda-context";
import {
  ACCOUNT,
  AGENT,
  namedBy,
  openReactionDesk,
  REQUESTER,
  type ReactionDesk,
  UNHURRIED,
} from "@ithaca/functions/src/fixtures/reaction-desk";
import { receiveMessage } from "@ithaca/functions/src/intake/receive-message";
import { manifest as receiveMessageManifest } from "@ithaca/functions/src/intake/receive-message.manifest";
import { publishFacts } from "@ithaca/functions/src/publish/publish-facts";
import { rulesRoutes } from "@ithaca/functions/src/rules/keep-rules";
import { manifest as keepRulesManifest } from "@ithaca/functions/src/rules/keep-rules.manifest";
import type { Manifest } from "@ithaca/functions/src/runtime/manifest";
import { type HttpEvent, onRequest } from "@ithaca/functions/src/runtime/on-request";
import { onRoutes } from "@ithaca/functions/src/runtime/on-routes";
import type { StreamRecord } from "@ithaca/functions/src/runtime/on-stream";
import { onVisit } from "@ithaca/functions/src/runtime/on-visit";
import type { Ports } from "@ithaca/functions/src/runtime/ports";
import type { Answer, Asked } from "@ithaca/functions/src/runtime/request";
import { armWakeUps } from "@ithaca/functions/src/sla/arm-wake-ups";
import { escalateCase } from "@ithaca/functions/src/sla/escalate-case";
import { rewriteProjections } from "@ithaca/functions/src/sla/rewrite-projections";
import { setTimer } from "@ithaca/functions/src/sla/set-timer";
import { wakeCase } from "@ithaca/functions/src/sla/wake-case";
import { taskRoutes } from "@ithaca/functions/src/tasks/keep-tasks";
import { manifest as keepTasksManifest } from "@ithaca/functions/src/tasks/keep-tasks.manifest";
import { triageCase } from "@ithaca/functions/src/triage/triage-case";
import { reconcileDesk } from "@ithaca/functions/src/upkeep/reconcile-desk";
import { previewRoutes } from "@ithaca/functions/src/what-if/preview-rules";
import { manifest as previewRulesManifest } from "@ithaca/functions/src/what-if/preview-rules.manifest";
import { shippedRules } from "@ithaca/policy";
import { percentile, rounded } from "./percentile.ts";

/** A Wednesday morning in the main team's hours. */
const STARTS_AT = "2026-06-10T14:00:00Z";
/** Calls that are measured, after as many that warm the engine up. */
const CALLS = 200;
const LEAD = "prin_lead";
const MANAGER = "prin_manager";
const DESK_URL = "https://desk.example";
const MICROSECONDS_IN_MS = 1_000;
/** Below it, an HTTP status is a success. */
const FIRST_REDIRECT = 300;

/** Everything a function can use, in memory. */
type MemoryDesk = ReactionDesk & Pick<Ports, "newId" | "pause" | "bus">;

/** One call of a function, made ready so that what is measured is the call alone. */
type Call = () => Promise<unknown>;

/** Makes the call of a function for a case of its own. */
type Prepare = (desk: MemoryDesk, caseId: string) => Promise<Call> | Call;

/** The processor time of a call of functions, of all if none are named, with their store in memory: what is ours, without AWS. */
export async function ownCpuMs(names: readonly string[] = Object.keys(FUNCTIONS)): Promise<Record<string, number>> {
  Object.assign(process.env, {
    POWERTOOLS_LOG_LEVEL: "SILENT",
    TABLE_NAME: "memory",
    CONTENT_BUCKET: "memory",
    PREVIEW_QUEUE_URL: "memory",
    RULES_REFRESH_SECONDS: "60",
    DESK_URL,
  });
  const costs: Record<string, number> = {};
  for (const [name, prepare] of Object.entries(FUNCTIONS)) {
    if (names.includes(name)) costs[name] = await cpuMs(prepare);
  }
  return costs;
}

async function cpuMs(prepare: Prepare): Promise<number> {
  const desk = await openDesk();
  const spent: number[] = [];
  for (let call = 0; call < 2 * CALLS; call += 1) {
    // Its clock runs day and night, wherever the calls have moved the time.
    const caseId = await desk.open({ requestedPriority: "critical" });
    const work = await prepare(desk, caseId);
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    if (call >= CALLS) spent.push((user + system) / MICROSECONDS_IN_MS);
  }
  return rounded(percentile(spent, 0.5), 2);
}

async function openDesk(): Promise<MemoryDesk> {
  const desk = openReactionDesk(STARTS_AT);
  await desk.enrol();
  await desk.directory.putPrincipal({ kind: "customer", id: "prin_cleo", personId: REQUESTER, accountId: ACCOUNT });
  await desk.directory.bindSubject("prin_cleo", "prin_cleo");
  await desk.directory.bindSubject(AGENT, AGENT);
  const lead = { kind: "agent", id: LEAD, name: "Lena", address: "lena@desk.example", role: "lead" } as const;
  await desk.directory.putPrincipal({ ...lead, teams: ["main"] });
  await desk.directory.bindSubject(LEAD, LEAD);
  await desk.directory.putPrincipal({ ...lead, id: MANAGER, role: "manager", teams: ["main"] });
  await desk.directory.bindSubject(MANAGER, MANAGER);
  let made = 0;
  return Object.assign(desk, {
    newId: (prefix: string) => {
      made += 1;
      return `${prefix}_bench${made}`;
    },
    pause: async () => undefined,
    bus: { put: async () => [] },
  });
}

type RouteManifest = Manifest & { readonly trigger: { readonly kind: "route"; readonly route: RouteId } };

/** What is asked of a function that answers over HTTP; as an agent unless told otherwise. */
type Request = Partial<HttpEvent> & { readonly as?: string; readonly json?: unknown };
type Ask = (caseId: string, desk: MemoryDesk) => Request | Promise<Request>;
type Answers = (event: HttpEvent & { readonly routeKey: string }, context: typeof LAMBDA_CONTEXT) => Promise<unknown>;

/** A function with everything that is ours around it: the token's claims, the schemas, the answer. */
function asked(start: (desk: MemoryDesk) => Answers, routeKey: string, ask: Ask): Prepare {
  const started = new Map<MemoryDesk, Answers>();

  return async (desk, caseId) => {
    const handler = started.get(desk) ?? start(desk);
    started.set(desk, handler);
    const { as = AGENT, json, ...rest } = await ask(caseId, desk);
    const claims = { token_use: "access", sub: as, client_id: "people", username: as };
    const event = {
      headers: {},
      isBase64Encoded: false,
      requestContext: { requestId: "bench", authorizer: { jwt: { claims } } },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...rest,
      routeKey,
    };
    return async () => {
      const { statusCode = 0, body } = (await handler(event, LAMBDA_CONTEXT)) as { statusCode?: number; body?: string };
      if (statusCode >= FIRST_REDIRECT) throw new Error(`${routeKey} was answered ${statusCode}: ${body}`);
    };
  };
}

/** A function of one route. */
function route<const M extends RouteManifest>(
  manifest: M,
  handle: (asked: Asked<M["trigger"]["route"]>, ports: MemoryDesk) => Promise<Answer<M["trigger"]["route"]>>,
  ask: Ask,
): Prepare {
  return asked((desk) => onRequest(manifest, handle, () => desk), keyOf(routes[manifest.trigger.route]), ask);
}

function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

const VERSION_1 = { "if-match": '"1"' };
const ofCase = (caseId: string) => ({ pathParameters: { number: numberOf(caseId) } });
const change = (json: unknown) => (caseId: string) => ({ ...ofCase(caseId), headers: VERSION_1, json });

let messages = 0;

/**
 * Functions, each called as it is called on a desk. All but fold-cases, whose call is a page of 250 cases: preview.ts
 * measures it.
 */
export const FUNCTIONS: Readonly<Record<string, Prepare>> = {
  "receive-message": route(receiveMessageManifest, receiveMessage, () => {
    messages += 1;
    const json = { channel: "portal", channelMessageId: `bench-${messages}`, subject: "A question", text: "How?" };
    return { as: "prin_cleo", json, headers: { "idempotency-key": `bench-${messages}` } };
  }),
  "read-case": route(readCaseManifest, readCase, ofCase),
  "list-cases": route(listCasesManifest, listCases, () => ({ queryStringParameters: { team: "main" } })),
  "explain-clock": asked(
    (desk) => onRoutes(explainClockManifest, { "explain-clock": explainClock, "draw-clock": drawClock }, () => desk),
    keyOf(routes["explain-clock"]),
    (caseId) => ({ pathParameters: { number: numberOf(caseId), metric: "first-response" } }),
  ),
  "edit-case": asked(
    (desk) => onRoutes(editCaseManifest, edits, () => desk),
    keyOf(routes["change-tags"]),
    change({ tags: ["printers"] }),
  ),
  "combine-cases": asked(
    (desk) => onRoutes(combineCasesManifest, combinations, () => desk),
    keyOf(routes["merge-case"]),
    async (caseId, desk) => ({
      pathParameters: { number: numberOf(caseId), other: numberOf(await desk.open()) },
      headers: VERSION_1,
      json: {},
    }),
  ),
  "follow-cases": asked(
    (desk) => onRoutes(followCasesManifest, { "count-cases": countCases, "list-changes": listChanges }, () => desk),
    keyOf(routes["count-cases"]),
    () => ({}),
  ),
  "keep-directory": asked(
    (desk) => onRoutes(keepDirectoryManifest, directoryRoutes, () => desk),
    keyOf(routes["read-account"]),
    () => ({ pathParameters: { id: ACCOUNT } }),
  ),
  "keep-rules": asked(
    (desk) => onRoutes(keepRulesManifest, rulesRoutes, () => desk),
    keyOf(routes["list-policy-versions"]),
    () => ({}),
  ),
  "reckon-business-time": asked(
    (desk) => onRoutes(reckonBusinessTimeManifest, reckonings, () => desk),
    keyOf(routes["find-opening"]),
    () => ({ pathParameters: { id: "main-hours" }, queryStringParameters: { at: STARTS_AT } }),
  ),
  "waive-breach": route(waiveBreachManifest, waiveBreach, async (caseId, desk) => {
    desk.moveOn(5 * HOUR_MS);
    await wakeCase({ caseId, wakeAt: desk.clock(), epoch: 1 }, desk);
    const version = (await desk.cases.read(caseId))?.version;
    return {
      as: LEAD,
      pathParameters: { number: numberOf(caseId), metric: "first-response" },
      headers: { "if-match": `"${version}"` },
      json: { reason: "The line was cut." },
    };
  }),
  "preview-rules": asked(
    (desk) => onRoutes(previewRulesManifest, previewRoutes, () => desk),
    keyOf(routes["start-preview"]),
    (caseId) => ({
      as: MANAGER,
      headers: { "idempotency-key": caseId },
      json: { calendars: [{ ...shippedRules.calendars[0], version: 2 }], days: 30 },
    }),
  ),
  "keep-tasks": asked(
    (desk) => onRoutes(keepTasksManifest, taskRoutes, () => desk),
    keyOf(routes["finish-task"]),
    async (caseId, desk) => {
      const by = { kind: "agent", id: AGENT } as const;
      await desk.cases.change(caseId, (current, rulebook, now) => reply(current, "msg_in-vain", rulebook, now, by));
      const ending = { status: "abandoned", reason: "no-address" } as const;
      await desk.effects.end(caseId, `${caseId}.2.0`, ending, desk.clock());
      return { pathParameters: { id: `${caseId}.2.0` } };
    },
  ),
  "report-attainment": route(reportAttainmentManifest, reportAttainment, () => ({
    as: LEAD,
    queryStringParameters: { from: "2026-06", to: "2026-06" },
  })),
  "publish-api": asked(
    () => onVisit(publishApiManifest, documents, () => ({ settings: { DESK_URL } })),
    keyOf(pages["show-api"]),
    () => ({}),
  ),
  "publish-calendars": asked(
    (desk) => onVisit(publishCalendarsManifest, publications, () => ({ ...desk, settings: { DESK_URL } })),
    keyOf(pages["show-calendar"]),
    () => ({ pathParameters: { page: "main-hours" } }),
  ),
  "write-reply": route(writeReplyManifest, writeReply, change({ text: "Like this." })),
  "write-note": route(writeNoteManifest, writeNote, change({ text: "She called." })),
  "take-case": route(takeCaseManifest, takeCase, change({ assignee: "me" })),
  "change-priority": route(changePriorityManifest, changePriority, change({ priority: "low" })),
  "resolve-case": route(resolveCaseManifest, resolveCase, change({ text: "Done." })),
  "read-self": route(readSelfManifest, readSelf, () => ({})),

  "publish-facts": async (desk, caseId) => {
    const records: StreamRecord[] = [];
    for await (const item of desk.table.scan()) {
      if (item.pk !== `CASE#${caseId}` || item.announce !== true) continue;
      records.push({ sequenceNumber: String(records.length), inserted: true, item: () => item });
    }
    return () => publishFacts(records, desk);
  },
  "send-mail": async (desk, caseId) => {
    const effect = await desk.effectOf(caseId, "mail");
    return () => sendMail(namedBy(effect), desk);
  },
  "set-timer": async (desk, caseId) => {
    const effect = await desk.effectOf(caseId, "timer");
    return () => setTimer(namedBy(effect), desk);
  },
  "wake-case": (desk, caseId) => {
    desk.moveOn(3 * HOUR_MS);
    return () => wakeCase({ caseId, wakeAt: desk.clock(), epoch: 1 }, desk);
  },
  "escalate-case": async (desk, caseId) => {
    desk.moveOn(5 * HOUR_MS);
    await wakeCase({ caseId, wakeAt: desk.clock(), epoch: 1 }, desk);
    const effect = await desk.effectOf(caseId, "escalation");
    return () => escalateCase(namedBy(effect), desk);
  },
  "triage-case": async (desk) => {
    const caseId = await desk.open({ untriaged: true });
    const effect = await desk.effectOf(caseId, "triage");
    return () => triageCase(namedBy(effect), desk);
  },
  "arm-wake-ups": (desk) => {
    desk.moveOn(HOUR_MS);
    return () => armWakeUps(UNHURRIED, desk);
  },
  "rewrite-projections": (desk) => () => rewriteProjections(UNHURRIED, desk),
  "reconcile-desk": (desk) => () => reconcileDesk(UNHURRIED, desk),
};
