import { AsyncLocalStorage } from "node:async_hooks";
import { pages, type RouteId } from "@ithaca/contracts";
import { caseIdOf, DAY_MS, HOUR_MS, MINUTE_MS, plus, rangeBefore, system, WEEKDAYS, wake } from "@ithaca/domain";
import { publications } from "@ithaca/functions/src/calendar/publish-calendars";
import { manifest as publishCalendarsManifest } from "@ithaca/functions/src/calendar/publish-calendars.manifest";
import { sendMail } from "@ithaca/functions/src/email/send-mail";
import { earlierRequests, goodRequests, MESSAGE } from "@ithaca/functions/src/fixtures/good-requests";
import { LAMBDA_CONTEXT } from "@ithaca/functions/src/fixtures/lambda-context";
import { namedBy, openReactionDesk, UNHURRIED } from "@ithaca/functions/src/fixtures/reaction-desk";
import { httpEvent, openRequestDesk } from "@ithaca/functions/src/fixtures/request-desk";
import { routesOf } from "@ithaca/functions/src/fixtures/routes-of";
import { publishFacts } from "@ithaca/functions/src/publish/publish-facts";
import type { Manifest } from "@ithaca/functions/src/runtime/manifest";
import { onVisit } from "@ithaca/functions/src/runtime/on-visit";
import { armWakeUps } from "@ithaca/functions/src/sla/arm-wake-ups";
import { escalateCase } from "@ithaca/functions/src/sla/escalate-case";
import { rewriteProjections } from "@ithaca/functions/src/sla/rewrite-projections";
import { setTimer } from "@ithaca/functions/src/sla/set-timer";
import { wakeCase } from "@ithaca/functions/src/sla/wake-case";
import { triageCase } from "@ithaca/functions/src/triage/triage-case";
import { reconcileDesk } from "@ithaca/functions/src/upkeep/reconcile-desk";
import { CASES_A_PAGE, foldCases } from "@ithaca/functions/src/what-if/fold-cases";
import { manifests } from "@ithaca/infra";
import { shippedRules } from "@ithaca/policy";
import type { Item, Store } from "@ithaca/store";
import { vi } from "vitest";

/** The calls of AWS that each function made, as IAM names them. */
export type Calls = ReadonlyMap<string, ReadonlySet<string>>;

/** Too long to stay in its item: it goes to the content bucket and comes from there. */
const LONG_TEXT = "It prints half of the page. ".repeat(400);
const ALL_DAY: [string, string] = ["00:00", "24:00"];
const STARTS_AT = "2026-06-10T14:00:00Z";

/** Which function is running: what its store does is its doing. */
const running = new AsyncLocalStorage<string>();

/**
 * Runs every function on a store in memory that writes down what DynamoDB and S3 would have been asked for: each route
 * with a good request, each reaction with what it reacts to. Texts are long, so that they come and go by the bucket.
 */
export async function callsOfFunctions(): Promise<Calls> {
  const calls = new Map<string, Set<string>>();
  const record = (call: string) => {
    const name = running.getStore();
    if (name !== undefined) calls.set(name, (calls.get(name) ?? new Set()).add(call));
  };
  await callRoutes(record);
  await callPages(record);
  await callReactions(record);
  return calls;
}

type Record = (call: string) => void;

async function callRoutes(record: Record): Promise<void> {
  for (const id of Object.keys(goodRequests({ number: "", other: "" })) as RouteId[]) {
    const desk = await openRequestDesk();
    const routes = routesOf(desk);
    const send = async (channelMessageId: string, more: object = {}) => {
      const body = { ...MESSAGE, channelMessageId, text: LONG_TEXT, ...more };
      return (await routes["send-message"]({ as: "cleo", body })).body;
    };
    const cases = { number: (await send("0")).number, other: (await send("-1")).number };
    await (EARLIER[id]?.(desk, cases, send) ?? earlierRequests(desk, routes, cases)[id]?.());
    const version = (await desk.store.cases.read(caseIdOf(cases.number)))?.version;
    const sent = { ...goodRequests(cases)[id](), headers: { "if-match": `"${version}"` } };

    recordStore(desk.store, record);
    const { previewPages } = desk.ports;
    Object.assign(previewPages, { send: recorded(previewPages.send, () => record("sqs:SendMessage")) });
    await running.run(functionOf(id), async () => {
      await routes[id]({ ...sent, ...lengthened(id, sent.body) });
      // A person who loses an address.
      if (id === "put-person") await routes[id]({ ...sent, path: { id: "person_cleo" } });
    });
  }
}

type RequestDesk = Awaited<ReturnType<typeof openRequestDesk>>;
type Send = (channelMessageId: string, more: object) => Promise<unknown>;

/** What must have happened before, where it is not what a test of bad requests needs. */
const EARLIER: Partial<
  globalThis.Record<RouteId, (desk: RequestDesk, cases: { number: string }, send: Send) => Promise<unknown>>
> = {
  "waive-breach": (desk, { number }) => {
    desk.moveOn(30 * DAY_MS);
    const by = system("wake-case");
    return desk.store.cases.change(caseIdOf(number), (current, rulebook, now) => wake(current, rulebook, now, by));
  },
  "split-case": (_, { number }, send) => send("2", { caseNumber: number }),
};

/** The same words, many times: what a route takes of words it takes to the bucket. */
function lengthened(id: RouteId, body: unknown): { body?: object } {
  if (id === "resolve-case") return { body: { text: LONG_TEXT } };
  return typeof body === "object" && body !== null && "text" in body ? { body: { ...body, text: LONG_TEXT } } : {};
}

function functionOf(id: RouteId): string {
  const found = manifests.find(
    ({ trigger }: Manifest) =>
      (trigger.kind === "route" && trigger.route === id) || (trigger.kind === "routes" && trigger.routes.includes(id)),
  );
  if (found === undefined) throw new Error(`no function answers ${id}`);
  return found.name;
}

async function callPages(record: Record): Promise<void> {
  const { store, ports } = await openRequestDesk();
  recordStore(store, record);
  vi.stubEnv("DESK_URL", "https://desk.example");
  const handler = onVisit(publishCalendarsManifest, publications, (settings) => ({ ...ports, settings }));
  const { method, path } = pages["show-calendar"];
  const event = { ...httpEvent({ path: { page: "main-hours" } }), routeKey: `${method} ${path}` };
  await running.run(publishCalendarsManifest.name, async () => handler(event, LAMBDA_CONTEXT));
}

async function callReactions(record: Record): Promise<void> {
  for (const [name, react] of Object.entries(REACTIONS)) {
    const inserted: Item[] = [];
    const desk = openReactionDesk(STARTS_AT, (item) => inserted.push(item));
    await desk.enrol();
    const ready = await react(desk, inserted);
    recordStore(desk, record);
    await running.run(name, () => ready(recordedPorts(desk, record)));
  }
}

type Desk = ReturnType<typeof openReactionDesk>;
type Ready = (ports: ReturnType<typeof recordedPorts>) => Promise<unknown>;

/** What each function that no route starts reacts to: made ready before, so that only the function's calls count. */
const REACTIONS: Readonly<{ [name: string]: (desk: Desk, inserted: readonly Item[]) => Promise<Ready> }> = {
  "publish-facts": async (desk, inserted) => {
    await desk.open();
    const records = inserted
      .filter(({ announce }) => announce === true)
      .map((item, at) => ({ sequenceNumber: String(at), inserted: true, item: () => item }));
    return (ports) => publishFacts(records, ports);
  },
  "send-mail": async (desk) => {
    // Nobody vouches for the sender, so that the day's budget is asked for too.
    const caseId = await desk.open({ text: LONG_TEXT });
    const effect = await desk.effectOf(caseId, "mail");
    return (ports) => sendMail(namedBy(effect), ports);
  },
  "set-timer": async (desk) => {
    const effect = await desk.effectOf(await desk.open({ requestedPriority: "high" }), "timer");
    return (ports) => setTimer(namedBy(effect), ports);
  },
  "wake-case": async (desk) => {
    const woken = await desk.open({ requestedPriority: "high" });
    const early = await desk.open({ requestedPriority: "medium" });
    return async (ports) => {
      await wakeCase({ caseId: early, wakeAt: desk.clock(), epoch: 1 }, ports);
      desk.moveOn(5 * HOUR_MS);
      await wakeCase({ caseId: woken, wakeAt: desk.clock(), epoch: 1 }, ports);
      const soon = await desk.open({ requestedPriority: "high" });
      desk.moveOn(3 * HOUR_MS - MINUTE_MS);
      await wakeCase({ caseId: soon, wakeAt: desk.clock(), epoch: 1 }, ports);
    };
  },
  "escalate-case": async (desk) => {
    const caseId = await desk.open({ requestedPriority: "high" });
    desk.moveOn(5 * HOUR_MS);
    await wakeCase({ caseId, wakeAt: desk.clock(), epoch: 1 }, desk);
    const effect = await desk.effectOf(caseId, "escalation");
    return (ports) => escalateCase(namedBy(effect), ports);
  },
  "triage-case": async (desk) => {
    const effect = await desk.effectOf(await desk.open({ untriaged: true, text: LONG_TEXT }), "triage");
    return (ports) => triageCase(namedBy(effect), ports);
  },
  "arm-wake-ups": async (desk) => {
    await desk.open({ requestedPriority: "high" });
    return (ports) => armWakeUps(UNHURRIED, ports);
  },
  "rewrite-projections": async (desk) => {
    const { revision } = await desk.rules.timeline();
    const calendar = shippedRules.calendars.find(({ id }) => id === "main-hours");
    if (calendar === undefined) throw new Error("there is no main-hours");
    await desk.open({ requestedPriority: "low" });
    const change = { by: "ops", at: desk.clock(), reason: "Day and night", inForceFrom: plus(desk.clock(), MINUTE_MS) };
    const week = Object.fromEntries(WEEKDAYS.map((day) => [day, [ALL_DAY]]));
    await desk.rules.putCalendar({ ...calendar, version: 2, week }, change, revision);
    return async (ports) => {
      for (let run = 0; run < 10; run += 1) {
        desk.moveOn(2 * MINUTE_MS);
        await rewriteProjections(UNHURRIED, ports);
      }
    };
  },
  "fold-cases": async (desk) => {
    // More than a page of cases, and priorities that go by the subject.
    for (let opened = 0; opened <= CASES_A_PAGE; opened += 1) await desk.open({ requestedPriority: "high" });
    const { policy } = shippedRules;
    const classification = policy.classification.map((rule) => ({ ...rule, priority: "low" }));
    const job = {
      id: "prev_1",
      requestedBy: "prin_mona",
      bodyHash: "",
      ...rangeBefore(desk.clock(), 5),
      calendars: [],
    };
    await desk.previews.start({ ...job, policy: { ...policy, classification } });
    return async (ports) => {
      for (let page = 0; page < 2; page += 1) await foldCases({ previewId: job.id, month: "2026-06" }, ports);
    };
  },
  "reconcile-desk": async (desk) => {
    await desk.open({ requestedPriority: "high" });
    desk.moveOn(6 * HOUR_MS);
    return (ports) => reconcileDesk(UNHURRIED, ports);
  },
};

/** Writes down what a store asks its table and its bucket for, by the calls that they would make of it. */
function recordStore({ table, bodies }: Pick<Store, "table" | "bodies">, record: Record): void {
  const { get, getMany, query, put, update, transact } = table;
  Object.assign(table, {
    get: recorded(get, () => record("dynamodb:GetItem")),
    getMany: recorded(getMany, () => record("dynamodb:BatchGetItem")),
    query: recorded(query, () => record("dynamodb:Query")),
    put: recorded(put, () => record("dynamodb:PutItem")),
    update: recorded(update, () => record("dynamodb:UpdateItem")),
    transact: recorded(transact, (writes) => {
      for (const write of writes) record(`dynamodb:${partOf(write)}`);
    }),
    scan: () => {
      throw new Error("a function scans the table");
    },
  } satisfies Store["table"]);
  Object.assign(bodies, {
    put: recorded(bodies.put, () => record("s3:PutObject")),
    get: recorded(bodies.get, () => record("s3:GetObject")),
  });
}

/** What IAM asks for of a part of a transaction. */
function partOf(write: Parameters<Store["table"]["transact"]>[0][number]): string {
  if ("put" in write) return "PutItem";
  return "addTo" in write ? "UpdateItem" : "DeleteItem";
}

/** The ports of a reaction beside its store, each writing down the call that it makes. */
function recordedPorts(desk: Desk, record: Record) {
  const { mail, timers, wakeUps, previewPages, reactions } = desk;
  return {
    ...desk,
    mail: { send: recorded(mail.send, () => record("ses:SendRawEmail")) },
    timers: { start: recorded(timers.start, () => record("states:StartExecution")) },
    wakeUps: { send: recorded(wakeUps.send, () => record("sqs:SendMessage")) },
    previewPages: { send: recorded(previewPages.send, () => record("sqs:SendMessage")) },
    reactions: { send: recorded(reactions.send, () => record("sqs:SendMessage")) },
    bus: {
      put: async (): Promise<number[]> => {
        record("events:PutEvents");
        return [];
      },
    },
    pause: async () => undefined,
  };
}

function recorded<Args extends readonly unknown[], Answer>(
  call: (...args: Args) => Answer,
  note: (...args: Args) => void,
): (...args: Args) => Answer {
  return (...args) => {
    note(...args);
    return call(...args);
  };
}
