import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Client, createClient } from "@ithaca/client";
import { Calendar, type DayHours, instant, MINUTE_MS, Policy, WEEKDAYS } from "@ithaca/domain";
import type { Desk } from "@ithaca/local";
import { shippedPolicy, shippedRules } from "@ithaca/policy";
import { openStore, type Store } from "@ithaca/store";
import * as z from "zod/mini";

/** Every function knows of new rules by then. */
const KNOWN_AFTER_MS = 3_000;
const CLI_TIMEOUT_SECONDS = 60;
const HOURS_ID = "bench-hours";

/** What the desk promises while it is measured. */
export interface BenchPromise {
  /** From when to when the teams are open each day, on a clock in UTC. */
  readonly hours: DayHours[number];
  readonly seconds: number;
  readonly warnAtPercents: readonly number[];
}

/** A desk's API and its store, to load it and to look at what became of the load. */
export interface BenchDesk {
  readonly customer: Client;
  readonly store: Store;
  /** Puts a promise in force for every high case. */
  promise(promised: BenchPromise): Promise<void>;
  /** A message that no other is like, which opens a case with that promise. */
  sendMessage(): ReturnType<Client["sendMessage"]>;
}

/** Opens a started desk for measuring. */
export async function openBenchDesk(desk: Desk): Promise<BenchDesk> {
  const token = await desk.signIn.user("cleo@lakeside.example");
  const customer = createClient({ baseUrl: desk.apiUrl, token: async () => token, timeoutMs: 60_000 });
  const store = openStore({
    table: desk.stack.tableName,
    bucket: desk.outputs.ContentBucketName ?? "",
    clock: () => instant(Date.now()),
    random: Math.random,
    shipped: shippedRules,
    rulesRefreshMs: 0,
    client: new DynamoDBClient({
      endpoint: desk.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    }),
  });

  let sent = 0;
  return {
    customer,
    store,
    promise: (promised) => applyPromise(desk, promised),
    sendMessage: () => {
      sent += 1;
      return customer.sendMessage({
        channel: "portal",
        channelMessageId: `bench-${process.pid}-${sent}`,
        subject: "How do I export a report?",
        text: "I cannot find it in the menu. ".repeat(20),
        requestedPriority: "high",
      });
    },
  };
}

async function applyPromise({ cli }: Desk, { hours, seconds, warnAtPercents }: BenchPromise): Promise<void> {
  const shipped = shippedPolicy();
  const policy: Policy = {
    ...shipped,
    name: "Bench",
    teams: shipped.teams.map((team) => ({ ...team, hours: HOURS_ID })),
    targets: shipped.targets.map((rule) =>
      rule.when.priority?.includes("high") === true
        ? {
            ...rule,
            length: { minutes: (seconds * 1_000) / MINUTE_MS },
            warnings: warnAtPercents.map((percent) => ({ percent })),
          }
        : rule,
    ),
  };
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, [hours]]));
  const calendar = z.decode(Calendar, { id: HOURS_ID, version: 1, name: HOURS_ID, zone: "UTC", week, holidays: [] });

  const file = join(mkdtempSync(join(tmpdir(), "ithaca-bench-")), "rules.json");
  writeFileSync(file, JSON.stringify({ policy: z.encode(Policy, policy), calendars: [z.encode(Calendar, calendar)] }));
  const { version } = JSON.parse(await cli.run(["policy", "show"], CLI_TIMEOUT_SECONDS));
  const apply = ["policy", "apply", file, "--base", String(version), "--reason", "measuring"];
  await cli.run(apply, CLI_TIMEOUT_SECONDS);
  await sleep(KNOWN_AFTER_MS);
}
