import type { Client } from "@ithaca/client";
import type { TimelineEffect, WholeCase } from "./case-timeline.ts";
import type { Desk } from "./desk.ts";
import { followCase, TIMELINE_HEAD } from "./follow-case.ts";
import { awaitMail } from "./inbox-mail.ts";
import { createSteps, type Steps } from "./steps.ts";
import { agentFor, clientOf, type TrialCase } from "./trial-case.ts";

/** The customer who writes. */
const CUSTOMER = { username: "cleo@lakeside.example", address: "cleo@lakeside.example" };

/** Critical, so that its clock runs at whatever hour somebody tries this. */
const MESSAGE = {
  channel: "portal",
  subject: "Nobody can sign in since this morning",
  text: "Since eight o'clock every sign-in ends with an empty page, at all of our clinics. What can we do?",
  requestedPriority: "critical",
} as const;

/** How long everything may take that follows at once from a message. */
const REACTION_TIMEOUT_SECONDS = 45;

/** A case that the sample message opened, and how to look at it. */
export interface Sample {
  readonly number: string;
  readonly receivedAt: string;
  /** An agent of its team, who looks on. */
  readonly username: string;
  /** That agent's client. */
  readonly agent: Client;
  /** What of its timeline has been written already. */
  readonly seen: Set<string>;
}

/**
 * Sends one message as a customer and follows its case until it is acknowledged and its timer is set. Gives back the
 * case, to try things on.
 */
export async function runSample(desk: Desk, write: (line: string) => void): Promise<TrialCase> {
  const steps = createSteps(write);
  const sample = await sendSample(desk, steps, write);
  await followToAcknowledgement(desk, steps, sample, write);
  return sample;
}

/** Sends the sample message through the portal, as the customer who is signed in to it. */
export async function sendSample(desk: Desk, steps: Steps, write: (line: string) => void): Promise<Sample> {
  return await steps.run("sending a customer's message", REACTION_TIMEOUT_SECONDS, async () => {
    const customer = await clientOf(desk, CUSTOMER.username);
    const channelMessageId = `sample-${Date.now()}`;
    const { number, receivedAt, priority, team, dueAt } = await customer.sendMessage({ ...MESSAGE, channelMessageId });
    write(`    "${MESSAGE.subject}"`);
    write(
      `    is case ${number}: ${priority ?? "no priority yet"}, team ${team ?? "not known yet"}, to be answered by ${dueAt ?? "?"}`,
    );
    const username = agentFor(desk.users, team);
    return { number, receivedAt, username, agent: await clientOf(desk, username), seen: new Set() };
  });
}

/** Follows the sample's case until the customer has the acknowledgement and the timer for its clock is set. */
export async function followToAcknowledgement(
  desk: Desk,
  steps: Steps,
  { number, receivedAt, agent, seen }: Sample,
  write: (line: string) => void,
): Promise<void> {
  await steps.run("following its case", REACTION_TIMEOUT_SECONDS * 2 + 10, async () => {
    write(TIMELINE_HEAD);
    await followCase({
      client: agent,
      number,
      since: receivedAt,
      seen,
      until: isAcknowledgedAndTimed,
      awaited: "the acknowledgement and the timer",
      timeoutSeconds: REACTION_TIMEOUT_SECONDS,
      write,
    });
    const mail = await awaitMail(
      desk.inboxUrl,
      CUSTOMER.address,
      ({ subject }) => subject.replaceAll(/\D/g, "").includes(number),
      REACTION_TIMEOUT_SECONDS,
    );
    write(`  in ${CUSTOMER.address}'s inbox: ${mail.subject}`);
  });
}

/** Whether the acknowledgement has been sent and a timer been set. Throws when either was given up. */
function isAcknowledgedAndTimed({ effects = [] }: WholeCase): boolean {
  return isDone(effects, isAcknowledgement) && isDone(effects, ({ owed }) => owed.kind === "timer");
}

function isAcknowledgement({ owed }: TimelineEffect): boolean {
  return owed.kind === "mail" && owed.template === "acknowledgement";
}

/** Whether one effect of a kind is done. Throws when all of the kind were given up, for then it will never be. */
export function isDone(effects: readonly TimelineEffect[], ofKind: (effect: TimelineEffect) => boolean): boolean {
  const some = effects.filter(ofKind);
  const [first] = some;
  if (first && some.every(({ status }) => status === "abandoned")) {
    throw new Error(`what was owed (${first.owed.kind}) was given up: ${first.reason ?? "no reason"}`);
  }
  return some.some(({ status }) => status === "done");
}
