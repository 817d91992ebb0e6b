import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Calendar, Policy } from "@ithaca/domain";
import * as z from "zod/mini";
import { opsCommand } from "./ithaca.ts";
import type { DeskUnderTest } from "./start-desk.ts";
import { type Doors, now, type PromisedSeconds, testCalendars, testPolicy } from "./test-rules.ts";

/** A function asks once a second on the local cloud which rules are in force; twice that is long enough for every one. */
const KNOWN_AFTER_MS = 2_000;

/** Puts a test policy in force on a desk, as its ops would, and waits until every function knows it. */
export async function applyRules(
  desk: Pick<DeskUnderTest, "environment" | "apiUrl">,
  doors: Doors,
  promised?: PromisedSeconds,
): Promise<void> {
  await putRules(desk, {
    policy: z.encode(Policy, testPolicy(doors, promised)),
    calendars: testCalendars(now()).map((calendar) => z.encode(Calendar, calendar)),
  });
}

/** Puts rules in force as soon as can be, in the place of those that are, and waits until every function knows them. */
export async function putRules(
  desk: Pick<DeskUnderTest, "environment" | "apiUrl">,
  rules: object,
  ...how: readonly string[]
): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), "ithaca-rules-")), "rules.json");
  writeFileSync(file, JSON.stringify(rules));
  const ops = opsCommand(desk);
  const { version } = JSON.parse(await ops.run("policy", "show"));
  const made = ["--by", "journeys", "--reason", "Promises of seconds"];
  await ops.run("policy", "apply", file, "--base", String(version), ...made, ...how);
  await sleep(KNOWN_AFTER_MS);
}
