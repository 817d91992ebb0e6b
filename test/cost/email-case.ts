import { caseIdOf, HOUR_MS, type Instant, isOwed, MINUTE_MS, type OwedKind } from "@ithaca/domain";
import { sendMail } from "@ithaca/functions/src/email/send-mail";
import { namedBy } from "@ithaca/functions/src/fixtures/reaction-desk";
import { openRequestDesk, type Request } from "@ithaca/functions/src/fixtures/request-desk";
import { routesOf } from "@ithaca/functions/src/fixtures/routes-of";
import { announcementsOf } from "@ithaca/functions/src/publish/announcements-of";
import type { Ports } from "@ithaca/functions/src/runtime/ports";
import { escalateCase } from "@ithaca/functions/src/sla/escalate-case";
import { setTimer } from "@ithaca/functions/src/sla/set-timer";
import { wakeCase } from "@ithaca/functions/src/sla/wake-case";
import { triageCase } from "@ithaca/functions/src/triage/triage-case";
import { type Capacity, meter } from "./metered-table.ts";

/** What AWS is asked for by one case that comes by email, from its first message to its resolution. */
export interface CaseMeter extends Capacity {
  readonly messagesIn: number;
  mailsOut: number;
  readonly clocks: number;
  apiRequests: number;
  functionCalls: number;
  busEvents: number;
  queueMessages: number;
  timers: number;
  /** What the case takes in the table, its messages included. */
  readonly storedBytes: number;
}

const EMAIL = "email";
const TEXT = "We see the same on both printers since the update of Monday, and a restart changes nothing. ".repeat(12);
/** As a customer's own provider vouches for them: what they write on joins their case. */
const AUTHENTICATED = { automatic: false, authentication: { spf: "pass", dkim: "pass", dmarc: "pass" } };
const CUSTOMER = "cleo@example.com";
const PAUSE_MS = 20 * MINUTE_MS;
/** A timer that was set still rings after the case is done. */
const ALL_RUNG_MS = 48 * HOUR_MS;

/**
 * Plays the case on a desk in memory that is metered: three messages in, four mails out (the acknowledgement, two replies,
 * and the words of the resolution), with what an agent asks the API for to answer them.
 */
export async function playEmailCase(): Promise<CaseMeter> {
  const desk = await openRequestDesk();
  const before = desk.inserted.length;
  const used = meter(desk.store.table);
  const tally = { mailsOut: 0, apiRequests: 0, functionCalls: 0, busEvents: 0, queueMessages: 0, timers: 0 };
  const routes = routesOf(desk);
  const ring: { at: Instant; caseId: string }[] = [];
  let announced = before;

  const ports = {
    ...desk.ports,
    mail: {
      send: async () => {
        tally.mailsOut += 1;
        return `ses-${tally.mailsOut}`;
      },
    },
    timers: {
      start: async ({ wakeAt, caseId }: Parameters<Ports["timers"]["start"]>[0]) => {
        tally.timers += 1;
        ring.push({ at: wakeAt, caseId });
        return "started" as const;
      },
    },
    wakeUps: { send: async () => undefined },
    settings: { MAIL_FROM: "support@desk.example", DESK_URL: "", RECONCILE_GRACE_SECONDS: 60 },
  };
  const react: Record<OwedKind, (named: { caseId: string; effectId: string }) => Promise<unknown>> = {
    mail: (named) => sendMail(named, ports),
    timer: (named) => setTimer(named, ports),
    escalation: (named) => escalateCase(named, ports),
    triage: (named) => triageCase(named, ports),
  };

  /** The stream, the bus and the queues do what follows from what was written. */
  async function follow(caseId: string): Promise<void> {
    const fresh = desk.inserted.slice(announced).filter(({ announce }) => announce === true);
    announced = desk.inserted.length;
    if (fresh.length > 0) tally.functionCalls += 1;
    tally.busEvents += fresh.flatMap((item) => announcementsOf(item)).length;
    // Looking for them is the meter's doing, and not the desk's.
    const { ...sums } = used;
    const owed = (await desk.store.effects.ofCase(caseId, 500)).filter(isOwed);
    Object.assign(used, sums);
    for (const effect of owed) {
      tally.queueMessages += 1;
      tally.functionCalls += 1;
      await react[effect.owed.kind](namedBy(effect));
    }
    if (owed.length > 0) await follow(caseId);
  }

  const ask = async (id: keyof typeof routes, request: Request) => {
    tally.apiRequests += 1;
    tally.functionCalls += 1;
    const answer = await routes[id](request);
    if (answer.status >= 300) throw new Error(`${id} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const receive = async (channelMessageId: string, caseNumber?: string) => {
    const receipt = await ask("send-message", {
      as: EMAIL,
      body: {
        channel: EMAIL,
        channelMessageId,
        subject: "Both printers stop",
        text: TEXT,
        from: { address: CUSTOMER },
        evidence: AUTHENTICATED,
        ...(caseNumber !== undefined && { caseNumber }),
      },
    });
    if (receipt.joined !== (caseNumber !== undefined)) throw new Error(`${channelMessageId} went elsewhere`);
    return receipt;
  };

  const { number } = await receive("m-1");
  const caseId = caseIdOf(number);
  await follow(caseId);
  const change = async (id: "take-case" | "write-reply" | "resolve-case", body: object) => {
    const { version } = await ask("read-case", { as: "ana", path: { number } });
    await ask(id, { as: "ana", path: { number }, headers: { "if-match": `"${version}"` }, body });
    await follow(caseId);
    desk.moveOn(PAUSE_MS);
  };

  await ask("list-cases", { as: "ana", query: { team: "main" } });
  await change("take-case", { assignee: "me" });
  await change("write-reply", { text: TEXT });
  await receive("m-2", number);
  await follow(caseId);
  await change("write-reply", { text: TEXT });
  await receive("m-3", number);
  await follow(caseId);
  await change("resolve-case", { text: TEXT });

  desk.moveOn(ALL_RUNG_MS);
  for (const { at } of ring) {
    tally.queueMessages += 1;
    tally.functionCalls += 1;
    await wakeCase({ caseId, wakeAt: at, epoch: 1 }, ports);
    await follow(caseId);
  }
  const facts = (await desk.store.cases.facts(caseId, 0, 500)).flatMap((recorded) => recorded.facts);
  const clocks = facts.filter(({ type }) => type === "ClockStarted").length;
  const storedBytes = desk.inserted.slice(before).reduce((sum, item) => sum + JSON.stringify(item).length, 0);
  return { ...tally, ...used, messagesIn: 3, clocks, storedBytes };
}
