import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { WholeCase } from "./case-timeline.ts";
import { type Desk, startDesk } from "./desk.ts";
import { followCase } from "./follow-case.ts";
import type { StartOptions } from "./options.ts";
import { followToAcknowledgement, isDone, type Sample, sendSample } from "./sample.ts";
import { shortenTargets } from "./shorten-targets.ts";
import { createSteps, type Steps } from "./steps.ts";

/** How long the desk has to answer, in seconds, so that its promise is broken while somebody looks on. */
const TARGET_SECONDS = 20;

/** After so many seconds every function here knows what was applied: each asks once a second. */
const KNOWN_AFTER_SECONDS = 3;
const CLI_TIMEOUT_SECONDS = 30;

/** How long after the due the breach and everything that follows from it may take. */
const BREACH_TIMEOUT_SECONDS = TARGET_SECONDS + 60;

/** Carries the sample message through to its breach and its escalation, on a desk of its own that is stopped after it. */
export async function runOnce({ dataDir, fresh, port }: StartOptions, write: (line: string) => void): Promise<void> {
  const desk = await startDesk({ dataDir, fresh, ...(port === undefined ? {} : { port }), write });
  let number: string | undefined;
  try {
    const steps = createSteps(write);
    await steps.run(`making every promise one of ${TARGET_SECONDS} s`, 60, () => applyShortTargets(desk));
    const sample = await sendSample(desk, steps, write);
    await followToAcknowledgement(desk, steps, sample, write);
    await followToEscalation(steps, sample, write);
    ({ number } = sample);
  } finally {
    await createSteps(write).run("stopping everything", 30, () => desk.stop());
  }
  write(
    `case ${number} was acknowledged, warned of, broken exactly once and escalated, and whoever it concerns was told: all is well`,
  );
}

/** Puts a policy in force that is the one in force but for the lengths of its targets. */
async function applyShortTargets({ cli, dataDir }: Desk): Promise<void> {
  const current: unknown = JSON.parse(await cli.run(["policy", "show"], CLI_TIMEOUT_SECONDS));
  const file = join(dataDir.scratch, "short-targets.json");
  writeFileSync(file, JSON.stringify(shortenTargets(current, TARGET_SECONDS)));
  const why = ["--reason", "a promise that can be seen to be broken"];
  await cli.run(["policy", "apply", file, ...why], CLI_TIMEOUT_SECONDS);
  await sleep(KNOWN_AFTER_SECONDS * 1000);
}

/** Follows the sample's case, which nobody answers, until it is breached, escalated, and its people are told. */
async function followToEscalation(
  steps: Steps,
  { number, receivedAt, agent, seen }: Sample,
  write: (line: string) => void,
): Promise<void> {
  await steps.run("waiting for the promise to be broken", BREACH_TIMEOUT_SECONDS + 10, async () => {
    const followed = await followCase({
      client: agent,
      number,
      since: receivedAt,
      seen,
      until: isEscalated,
      awaited: "the breach and its escalation",
      timeoutSeconds: BREACH_TIMEOUT_SECONDS,
      write,
    });
    const breaches = (followed.facts ?? []).filter(({ type }) => type === "ClockBreached").length;
    if (breaches !== 1) throw new Error(`the case has ${breaches} breaches, and must have one`);
  });
}

function isEscalated({ facts = [], effects = [] }: WholeCase): boolean {
  const happened = (type: string): boolean => facts.some((fact) => fact.type === type);
  if (!happened("ClockBreached") || !happened("CaseEscalated")) return false;
  return isDone(effects, ({ owed }) => owed.kind === "mail" && owed.template === "escalation");
}
