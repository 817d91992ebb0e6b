import { setTimeout as sleep } from "node:timers/promises";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Killer, openKiller } from "../simulation/kill/killer.ts";
import { type Ladder, openLadder } from "../simulation/kill/ladder.ts";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { eventually } from "./eventually.ts";
import { withoutRules } from "./hide-rules.ts";
import { createInbox } from "./inbox.ts";
import { mailsByEffect } from "./mails-by-effect.ts";
import { type MessageToSend, message } from "./messages.ts";
import { rulesOfClock, rulesOfEvents } from "./rules-of-bus.ts";
import { type CaseSeen, caseWith, factsOf, settledCase } from "./timeline.ts";

/** What carries a message from its arrival to the breach of its promise. `npm run kill-tests` kills them all. */
const FLOWS = {
  some: ["send-mail"],
  all: ["receive-message", "publish-facts", "send-mail", "set-timer", "wake-case", "escalate-case"],
} as const;
const KILLS_ALL = process.env.ITHACA_KILL_TESTS === "all";
const ON_THE_WAY = FLOWS[KILLS_ALL ? "all" : "some"];
/** What does again what was left undone, and what makes good an opening without rules. */
const AFTERWARDS = KILLS_ALL ? (["reconcile-desk", "triage-case"] as const) : [];
type Killed = (typeof FLOWS.all)[number] | "reconcile-desk" | "triage-case";

/**
 * An invocation of these takes several mails or facts at once: how many calls it has goes by what came together, so that in a
 * life in which nobody else dies it may have more than it ever had while others died.
 */
const IN_BATCHES: readonly Killed[] = KILLS_ALL ? ["send-mail", "publish-facts"] : [];

/** No function is killed more often: a ladder that is longer has no top. */
const ROUNDS_MAX = KILLS_ALL ? 90 : 30;

/** A killed invocation shows up again so soon, and not after six of its time limits. */
const VISIBILITY_SECONDS = 3;

/** From arrival to breach, when nobody dies; where mail alone is killed, its ladder is climbed before the first warning. */
const PROMISED_SECONDS = KILLS_ALL ? { critical: 6, high: 4, low: 6 } : { critical: 180, high: 180, low: 180 };
const LIFE_MS = KILLS_ALL ? 7_000 : 3_000;
const TRIAGED_MS = 5_000;
const LEFT_UNDONE = 8;
/** The acknowledgement, and what tells of the breach and of the escalation. */
const MAILS_OF_A_BREACH = 3;

/** A claim of mail runs out after a minute; then come the grace of the reconciler and two of its rounds. */
const HEALED_SECONDS = 60 + 20 + 2 * 60 + 40;
const TIMEOUT_SECONDS =
  ROUNDS_MAX * (LIFE_MS / 1_000 + 5) + 2 * HEALED_SECONDS + (KILLS_ALL ? 900 : PROMISED_SECONDS.high);

const desk = inject("desk");
const callers = createCallers(desk);
const agent = callers.user(ANA);
const inbox = createInbox(desk.inboxUrl);
const { bus, functions } = openCloud(desk);
const place = {
  endpoint: desk.endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
};
const sqs = new SQSClient(place);
const lambda = new LambdaClient({ ...place, maxAttempts: 1 });
const reconciler = rulesOfClock(bus, ["reconcile-desk"]);
const nameOf = (name: string) => `Ithaca-${name}`;

let killer: Killer;
let visibility: { QueueUrl: string; VisibilityTimeout: string }[] = [];

beforeAll(async () => {
  await applyRules(desk, { main: "open", au: "open" }, PROMISED_SECONDS);
  visibility = await visibilityTimeouts();
  await setVisibility(visibility.map((queue) => ({ ...queue, VisibilityTimeout: String(VISIBILITY_SECONDS) })));
  killer = await openKiller(functions, [...ON_THE_WAY, ...AFTERWARDS].map(nameOf));
  // Whoever heals between two deaths would die of the second as well: what is left undone is healed when all have died.
  await reconciler.off();
}, 60_000);

afterAll(async () => {
  await reconciler.on();
  await killer.restore();
  await setVisibility(visibility);
}, 60_000);

describe("when a worker is killed at each of its calls of AWS", () => {
  test("nothing is lost, doubled or missed, and what it left is done within two rounds of the reconciler", {
    timeout: TIMEOUT_SECONDS * 1_000,
  }, async () => {
    const ladders = new Map<Killed, Ladder>([...ON_THE_WAY, ...AFTERWARDS].map((name) => [name, openLadder()]));
    const numbers = KILLS_ALL ? await leaveUndone() : [];
    numbers.push(...(await killOnTheWay(ladders)));
    if (KILLS_ALL) {
      numbers.push(...(await killTriage(ladderOf(ladders, "triage-case"))));
      await killReconciler(ladderOf(ladders, "reconcile-desk"));
    }
    await reconciler.on();

    const deaths = Object.fromEntries([...ladders].map(([name, ladder]) => [name, ladder.deaths()]));
    console.log(`${numbers.length} cases, killed ${JSON.stringify(deaths)}`);

    const doubled = await healed(numbers);
    console.log(`${doubled.length} mails were sent once more`);
    // Whoever dies between sending and recording is not heard of: their mail goes out once more.
    expect(doubled.length).toBeLessThanOrEqual(ladderOf(ladders, "send-mail").deaths());

    // Each died of its first call and of all that follow; of the next after those nobody dies in a whole life of a case.
    for (const [name, ladder] of ladders) {
      expect([name, ladder.deaths()]).toEqual([name, expect.toSatisfy((count: number) => count > 1)]);
      expect([name, ladder.next()]).toEqual([name, undefined]);
    }
    expect(await diedBeyond(ladders)).toEqual([]);
  });
});

function ladderOf(ladders: ReadonlyMap<Killed, Ladder>, name: Killed): Ladder {
  const ladder = ladders.get(name);
  if (ladder === undefined) throw new Error(`${name} is not killed`);
  return ladder;
}

/** One message a round, in which every function dies at the next of its calls, until none has a further one. */
async function killOnTheWay(ladders: ReadonlyMap<Killed, Ladder>): Promise<string[]> {
  const numbers: string[] = [];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const climbing = ON_THE_WAY.filter((name) => ladderOf(ladders, name).next() !== undefined);
    if (climbing.length === 0) break;
    await coldAndPlanned(climbing, (name) => planNext(name, ladderOf(ladders, name)));
    numbers.push(await sendUntilTaken(message({ requestedPriority: "high" })));
    await sleep(LIFE_MS);
    for (const name of climbing) ladderOf(ladders, name).tell(killer.wasCarriedOut(nameOf(name)));
  }
  return numbers;
}

/** Messages that a process takes in which cannot read the rules; triage, which makes it good, dies at the next of its calls. */
async function killTriage(ladder: Ladder): Promise<string[]> {
  const numbers: string[] = [];
  while (ladder.next() !== undefined) {
    await killer.forget(nameOf("receive-message"));
    planNext("triage-case", ladder);
    numbers.push(await withoutRules(desk, () => sendUntilTaken(message({ requestedPriority: "high" }))));
    await sleep(TRIAGED_MS);
    ladder.tell(killer.wasCarriedOut(nameOf("triage-case")));
  }
  return numbers;
}

/** Messages whose mail and timers nobody hears of. */
async function leaveUndone(): Promise<string[]> {
  const rules = rulesOfEvents(bus, desk, ["send-mail", "set-timer"]);
  await rules.off();
  const sent = Array.from({ length: LEFT_UNDONE }, () => sendUntilTaken(message({ requestedPriority: "high" })));
  const [numbers] = await Promise.all([Promise.all(sent), sleep(LIFE_MS)]);
  await rules.on();
  return numbers;
}

/** The reconciler dies at the next of its calls: by now much is owed and overdue, for it has not run. */
async function killReconciler(ladder: Ladder): Promise<void> {
  while (ladder.next() !== undefined) {
    planNext("reconcile-desk", ladder);
    await lambda.send(new InvokeCommand({ FunctionName: nameOf("reconcile-desk"), Payload: "{}" })).catch(() => {});
    ladder.tell(killer.wasCarriedOut(nameOf("reconcile-desk")));
  }
}

/**
 * A process that remembers the rules has fewer calls to die at: each death is planned for one that remembers nothing. In
 * `npm test` mail alone is killed, and each death leaves a process that begins anew.
 */
async function coldAndPlanned(names: readonly Killed[], plan: (name: Killed) => void): Promise<void> {
  if (KILLS_ALL) await Promise.all(names.map((name) => killer.forget(nameOf(name))));
  for (const name of names) plan(name);
}

function planNext(name: Killed, ladder: Ladder): void {
  const death = ladder.next();
  if (death !== undefined) killer.plan(nameOf(name), death);
}

/** Who dies in the whole life of one more case at a call beyond those of all deaths. */
async function diedBeyond(ladders: ReadonlyMap<Killed, Ladder>): Promise<string[]> {
  const asked = ON_THE_WAY.filter((name) => !IN_BATCHES.includes(name));
  await coldAndPlanned(asked, (name) => {
    killer.plan(nameOf(name), { call: Math.ceil(ladderOf(ladders, name).deaths() / 2) + 1, afterwards: false });
  });
  const number = await sendUntilTaken(message({ requestedPriority: "high" }));
  if (KILLS_ALL) await wholeCase(number, HEALED_SECONDS);
  else await settledCase(agent, number);
  return asked.filter((name) => killer.wasCarriedOut(nameOf(name)));
}

/** Waits until all cases are whole, one after the other, and gives back the mails that went out twice. */
async function healed(numbers: readonly string[]): Promise<string[]> {
  const deadline = Date.now() + (HEALED_SECONDS + PROMISED_SECONDS.high) * 1_000;
  const doubled: string[] = [];
  for (const number of numbers) {
    const seen = await wholeCase(number, Math.max(1, (deadline - Date.now()) / 1_000));
    expectKept(seen);
    doubled.push(...(await mailedTwice(seen)));
  }
  return doubled;
}

/** A case whose promise was broken and which owes nothing any more. */
async function wholeCase(number: string, seconds: number): Promise<CaseSeen> {
  await caseWith(agent, number, "CaseEscalated", seconds);
  return settledCase(agent, number, seconds);
}

function expectKept(seen: CaseSeen): void {
  expect(seen.messages).toHaveLength(1);
  expect(factsOf(seen, "ClockBreached")).toHaveLength(1);
  expect(factsOf(seen, "CaseEscalated")).toHaveLength(1);
  const undone = (seen.effects ?? []).filter(({ status, reason }) => status !== "done" && reason !== "superseded");
  expect(undone).toEqual([]);
}

/** The mails of a case that went out twice; each that is owed goes out, and none a third time. */
async function mailedTwice({ number, effects = [] }: CaseSeen): Promise<string[]> {
  const sent = effects.filter(({ owed, status }) => owed.kind === "mail" && status === "done").map(({ id }) => id);
  // SES hands a mail on a moment after it took it.
  const copies = await eventually(`${sent.length} mails about ${number}`, async () => {
    const there = await mailsByEffect(inbox, number);
    return sent.every((id) => there.has(id)) ? there : undefined;
  });
  expect([...copies].filter(([, count]) => count > 2)).toEqual([]);
  expect(sent.length).toBeGreaterThanOrEqual(MAILS_OF_A_BREACH);
  return [...copies].filter(([, count]) => count > 1).map(([id]) => id);
}

/** As a channel does: the same message again until the desk has it, whatever dies meanwhile. */
async function sendUntilTaken(sent: MessageToSend): Promise<string> {
  const { number } = await eventually("an answer to a message", async () => {
    try {
      return await callers.user(CLEO).sendMessage(sent);
    } catch {
      return undefined;
    }
  });
  return number;
}

async function visibilityTimeouts(): Promise<typeof visibility> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  return Promise.all(
    QueueUrls.map(async (QueueUrl) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout"] });
      return { QueueUrl, VisibilityTimeout: (await sqs.send(asked)).Attributes?.VisibilityTimeout ?? "30" };
    }),
  );
}

async function setVisibility(queues: typeof visibility): Promise<void> {
  for (const { QueueUrl, VisibilityTimeout } of queues) {
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout } }));
  }
}
