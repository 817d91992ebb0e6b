import { type RouteId, routes } from "@ithaca/contracts";
import { instant } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { openMemoryStore, type Store } from "@ithaca/store";
import type { DeskCode, Surroundings } from "../code/surroundings.ts";
import { type Agenda, openAgenda } from "./agenda.ts";
import { openBus, type PutEntry } from "./bus.ts";
import { chanceOf } from "./chance.ts";
import type { Deployed } from "./deployed.ts";
import { type FaultName, type Faults, openFaults } from "./faults.ts";
import { type Lambda, type OnInvoked, openLambda } from "./lambda.ts";
import { openMail, type SentMail } from "./mail.ts";
import type { Call, Invocation, Machine, Outcome } from "./process.ts";
import { openQueue, type Queue } from "./queue.ts";
import { startSchedules } from "./schedules.ts";
import { openStream } from "./stream.ts";
import { type Commit, openSimulatedTable } from "./table.ts";
import { openTimers } from "./timers.ts";
import { isWholeRegional, type Outage, openWeather, outagesOf, type Weather } from "./weather.ts";

/** What one world is made of. */
export interface WorldPlan {
  readonly seed: number;
  readonly deployed: Deployed;
  readonly code: DeskCode;
  /** The code of tomorrow, which some processes run while it is deployed. */
  readonly nextCode?: DeskCode;
  readonly startsAt: number;
  /** From here on nothing goes wrong any more. */
  readonly calmFrom: number;
  /** Faults that never happen. */
  readonly without: ReadonlySet<string>;
  /** Faults that happen more often than elsewhere. */
  readonly frequent?: ReadonlySet<FaultName>;
  readonly mailFrom: string;
}

/** Who watches. */
export interface Watchers {
  onCommit(commit: Commit): void;
  onSent(mail: SentMail): void;
  onPut(entries: readonly PutEntry[]): void;
  onRun(name: string, at: number, succeeded: boolean): void;
  onInvoked: OnInvoked;
  onLine(line: Readonly<Record<string, unknown>>, failed: boolean): void;
}

/** A request as a client of the API makes it. */
export interface ApiRequest {
  readonly route: RouteId;
  readonly claims?: unknown;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer; status 0 when there was none. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface World {
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly outages: readonly Outage[];
  readonly lambda: Lambda;
  /** The desk's store, for whoever keeps it by hand and for the checks at the end. */
  readonly store: Store;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly stream: {
    readonly aside: readonly unknown[];
    /** Records that nobody can read and that were not put aside, by their numbers. */
    readonly poisoned: ReadonlySet<string>;
    readonly waiting: number;
  };
  /** `key` names the request: the same key meets the same faults. */
  request(request: ApiRequest, key: string, done: (answer: ApiAnswer) => void): void;
}

export function openWorld(plan: WorldPlan, given: Watchers): World {
  const { seed, deployed, without } = plan;
  const load = { computing: 0 };
  const agenda = openAgenda(plan.startsAt, () => load.computing > 0);
  const faults = openFaults(() => agenda.now() < plan.calmFrom, without, plan.frequent);
  const outages = without.has("outage") ? [] : outagesOf(chanceOf(seed, "outages"), plan.startsAt, plan.calmFrom);
  const weather = openWeather(outages, agenda.now);
  faults.tell("outage", outages.length);
  faults.tell("region-outage", outages.filter(isWholeRegional).length);
  const ports = { seed, agenda, faults, weather };
  let stream: ReturnType<typeof openStream> | undefined;
  const store = emptyStore(agenda);
  /** What a watcher throws ends the world, and is no fault of the code that it watches. */
  const watching = <Seen extends readonly unknown[]>(watch: (...seen: Seen) => void) => {
    return (...seen: Seen) => {
      try {
        watch(...seen);
      } catch (error) {
        agenda.stop(error);
      }
    };
  };
  const watchers = Object.fromEntries(
    Object.entries(given).map(([name, watch]) => [name, watching(watch as (...seen: unknown[]) => void)]),
  ) as unknown as Watchers;
  const table = openSimulatedTable({
    ...ports,
    truth: store.table,
    shown: emptyStore(agenda).table,
    onCommit: (commit) => {
      watchers.onCommit(commit);
      for (const { item, inserted } of commit.writes) if (inserted && item !== undefined) stream?.inserted(item);
    },
  });
  const queues = new Map<string, Queue>();
  const bus = openBus({ ...ports, rules: deployed.rules, queues });
  const timers = openTimers({ ...ports, definition: deployed.timer, queues });
  const mail = openMail(agenda, faults, watchers.onSent);
  const services = { table, bodies: store.bodies, bus, timers, mail, queues, watchers };
  let counted = 0;
  const machine: Machine = {
    ...ports,
    load,
    drawn: { last: 0 },
    unique: () => {
      counted += 1;
      return counted;
    },
    timeoutSecondsOf: (name) => deployed.functions[name]?.timeoutSeconds ?? 10,
    surroundingsOf: (name, call, current) => surroundingsOf(services, name, call, current),
  };
  const environment = { ...deployed.environment, MAIL_FROM: plan.mailFrom, DESK_URL: "https://desk.example" };
  for (const code of [plan.code, plan.nextCode]) code?.setEnvironment(environment);
  const lambda = openLambda(machine, deploying(plan, agenda, faults), watchers.onInvoked);
  for (const [id, shape] of Object.entries(deployed.queues)) {
    const reaction = deployed.reactions.find(({ queue }) => queue === id);
    queues.set(id, openQueue({ ...ports, lambda }, id, shape, reaction));
  }
  stream = openStream({ ...ports, lambda, mapping: deployed.stream });
  startSchedules({ ...ports, lambda, onRun: watchers.onRun }, deployed.schedules);

  return {
    agenda,
    faults,
    weather,
    outages,
    lambda,
    store,
    queues,
    stream,
    request: (request, key, done) => {
      const { method, path } = routes[request.route];
      const routeKey = `${method} ${path}`;
      const name = deployed.routes[routeKey];
      if (name === undefined) throw new Error(`no function answers ${routeKey}`);
      const chance = chanceOf(seed, "request", key);
      lambda.invoke(name, httpEvent(request, routeKey), key, (outcome) => {
        done(answerOf(faults.strikes("request-unheard", chance) ? { kind: "crashed" } : outcome));
      });
    },
  };
}

/** A deploy takes a third of a world: until it ends some new processes run tomorrow's code, and after it all of them. */
function deploying(plan: WorldPlan, agenda: Agenda, faults: Faults) {
  const { seed, code, nextCode, startsAt, calmFrom, without } = plan;
  const from = startsAt + (calmFrom - startsAt) / 3;
  const until = startsAt + ((calmFrom - startsAt) * 2) / 3;
  const deploys = nextCode !== undefined && calmFrom > startsAt && !without.has("deploy");
  return {
    codeFor: (name: string, process: number): DeskCode => {
      const now = agenda.now();
      if (!deploys || now < from) return code;
      const chance = chanceOf(seed, "deploy", name, process);
      if (now < until && !(chance.happens(0.5) && faults.strikes("deploy", chance))) return code;
      return nextCode;
    },
    isRetired: (old: DeskCode): boolean => deploys && agenda.now() >= until && old === code,
  };
}

function surroundingsOf(
  services: {
    table: ReturnType<typeof openSimulatedTable>;
    bodies: Surroundings["bodies"];
    bus: ReturnType<typeof openBus>;
    timers: ReturnType<typeof openTimers>;
    mail: ReturnType<typeof openMail>;
    queues: ReadonlyMap<string, Queue>;
    watchers: Watchers;
  },
  name: string,
  call: Call,
  current: () => Invocation | undefined,
): ReturnType<Machine["surroundingsOf"]> {
  const { table, bodies, bus, timers, mail, queues, watchers } = services;
  const send = (command: string, input: unknown): Promise<unknown> => {
    switch (command) {
      case "PutEventsCommand": {
        const { Entries } = input as { Entries: readonly PutEntry[] };
        const put = async () => {
          const answer = bus.put(Entries);
          watchers.onPut(Entries.filter((_, at) => answer.Entries[at]?.EventId !== undefined));
          return answer;
        };
        return call("bus", put, { repeats: true });
      }
      case "SendMessageCommand": {
        const { QueueUrl, MessageBody, DelaySeconds } = input as {
          QueueUrl: string;
          MessageBody: string;
          DelaySeconds?: number;
        };
        const queue = queues.get(QueueUrl);
        if (queue === undefined) throw new Error(`${name} writes to ${QueueUrl}, which is no queue`);
        return call("queues", async () => queue.send(MessageBody, DelaySeconds), { repeats: true });
      }
      case "SendRawEmailCommand":
        return call("mail", async () => mail.send(input as Parameters<typeof mail.send>[0], current()));
      case "StartExecutionCommand":
        return call("timers", async () => {
          if (!timers.start(input as { name: string; input: string })) throw alreadyExists();
          return {};
        });
      default:
        throw new Error(`${command} is not simulated`);
    }
  };
  return {
    table: table.connected(call, name),
    bodies: {
      put: (key, text) => call("table", () => bodies.put(key, text)),
      get: (key) => call("table", () => bodies.get(key)),
    },
    send,
    logged: (line, failed) => watchers.onLine(line, failed),
  };
}

/** The error that the code under test knows as its SDK's. */
function alreadyExists(): Error {
  const { ithacaSimulation } = globalThis as unknown as {
    ithacaSimulation: { ExecutionAlreadyExists: new (message: string) => Error };
  };
  return new ithacaSimulation.ExecutionAlreadyExists("an execution has this name");
}

function emptyStore({ now }: Agenda): Store {
  return openMemoryStore({ clock: () => instant(now()), random: () => 0, shipped: shippedRules });
}

function httpEvent({ claims, params, query, headers, body }: ApiRequest, routeKey: string) {
  return {
    routeKey,
    headers: headers ?? {},
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(params !== undefined && { pathParameters: params }),
    ...(query !== undefined && { queryStringParameters: query }),
    requestContext: { requestId: "http", ...(claims !== undefined && { authorizer: { jwt: { claims } } }) },
  };
}

function answerOf(outcome: Outcome): ApiAnswer {
  if (outcome.kind !== "answered") return { status: 0, headers: {}, text: "" };
  const {
    statusCode = 0,
    headers = {},
    body = "",
  } = outcome.value as {
    statusCode?: number;
    headers?: Record<string, string>;
    body?: string;
  };
  return { status: statusCode, headers, text: body };
}
