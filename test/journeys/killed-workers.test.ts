import { setTimeout as sleep } from "node:timers/promises";
import {
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Killer, openKiller } from "../simulation/kill/killer.ts";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { eventually } from "./eventually.ts";
import { createInbox, isTo } from "./inbox.ts";
import { type MessageToSend, message } from "./messages.ts";
import { type CaseSeen, factsOf, settledCase } from "./timeline.ts";

/** What carries a message from its arrival to the breach of its promise. `npm run kill-tests` kills them all. */
const FLOWS = {
  some: ["send-mail"],
  all: ["receive-message", "publish-facts", "send-mail", "set-timer", "wake-case", "escalate-case"],
} as const;
const KILLED = FLOWS[process.env.ITHACA_KILL_TESTS === "all" ? "all" : "some"];

/** No function of these makes more calls of AWS for one message. */
const CALLS_MAX = KILLED.length > 1 ? 12 : 6;

/** A killed invocation shows up again so soon, and not after six of its time limits. */
const VISIBILITY_SECONDS = 3;

/** From arrival to breach, when nobody dies. */
const PROMISED_SECONDS = { critical: 6, high: 4, low: 6 } as const;
const LIFE_MS = 9_000;

/** A claim of mail runs out after a minute; then come the grace of the reconciler and two of its rounds. */
const HEALED_SECONDS = 60 + 20 + 2 * 60 + 40;

const desk = inject("desk");
const callers = createCallers(desk);
const inbox = createInbox(desk.inboxUrl);
const { functions } = openCloud(desk);
const sqs = new SQSClient({
  endpoint: desk.endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const nameOf = (name: string) => `Ithaca-${name}`;

let killer: Killer;
let visibility: { QueueUrl: string; VisibilityTimeout: string }[] = [];

beforeAll(async () => {
  await applyRules(desk, { main: "open", au: "open" }, PROMISED_SECONDS);
  visibility = await visibilityTimeouts();
  await setVisibility(visibility.map((queue) => ({ ...queue, VisibilityTimeout: String(VISIBILITY_SECONDS) })));
  killer = await openKiller(functions, KILLED.map(nameOf));
}, 60_000);

afterAll(async () => {
  await killer.restore();
  await setVisibility(visibility);
}, 60_000);

describe("when a worker is killed at any of its calls of AWS", () => {
  test("nothing is lost, doubled or missed, and what it left is done within two rounds of the reconciler", {
    timeout: (CALLS_MAX * 2 * (LIFE_MS / 1_000 + 5) + HEALED_SECONDS + 60) * 1_000,
  }, async () => {
    const { numbers, deaths } = await killAtEachCall();
    const agent = callers.user(ANA);
    const healed = await Promise.all(numbers.map((number) => settledCase(agent, number, HEALED_SECONDS)));
    for (const seen of healed) expectKept(seen);

    const acknowledged = await Promise.all(numbers.map(acknowledgements));
    // Whoever dies between sending and recording is not heard of: their mail goes out once more, and never a third time.
    expect(Math.max(...acknowledged)).toBeLessThanOrEqual(2);
    expect(KILLED.filter((name) => deaths[name] === 0)).toEqual([]);
  });
});

/** One message for each call, and one for each answer, at which every function dies that makes so many. */
async function killAtEachCall() {
  const numbers: string[] = [];
  const deaths = Object.fromEntries(KILLED.map((name) => [name, 0])) as Record<(typeof KILLED)[number], number>;
  const plans = Array.from({ length: CALLS_MAX * 2 }, (_, at) => ({ call: 1 + (at >> 1), afterwards: at % 2 === 1 }));
  for (const plan of plans) {
    for (const name of KILLED) killer.plan(nameOf(name), plan);
    numbers.push(await sendUntilTaken(message({ requestedPriority: "high" })));
    await sleep(KILLED.length > 1 ? LIFE_MS : LIFE_MS / 3);
    for (const name of KILLED) if (killer.wasCarriedOut(nameOf(name))) deaths[name] += 1;
  }
  return { numbers, deaths };
}

function expectKept(seen: CaseSeen): void {
  expect(seen.messages).toHaveLength(1);
  expect(factsOf(seen, "ClockBreached")).toHaveLength(1);
  expect(factsOf(seen, "CaseEscalated")).toHaveLength(1);
  const undone = (seen.effects ?? []).filter(({ status, reason }) => status !== "done" && reason !== "superseded");
  expect(undone).toEqual([]);
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

/** SES hands a mail on a moment after it took it. */
async function acknowledgements(number: string): Promise<number> {
  const wanted = { to: CLEO, subject: /We have your message/ };
  await inbox.mail(number, wanted);
  const mails = await inbox.about(number);
  return mails.filter((mail) => isTo(mail, wanted.to) && wanted.subject.test(mail.subject)).length;
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
