import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Calendar, HOUR_MS, Policy, plus } from "@ithaca/domain";
import { beforeAll, describe, expect, inject, test } from "vitest";
import * as z from "zod/mini";
import { putRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MAX } from "./callers.ts";
import { type Ithaca, signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { CALENDAR_IDS, now, testCalendars, testPolicy } from "./test-rules.ts";
import { caseWith } from "./timeline.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const [customer, agent] = [callers.user(CLEO), callers.user(ANA)];
const folder = mkdtempSync(join(tmpdir(), "ithaca-what-if-"));

/** No other journey lets a medium case be late, so that what becomes of them is what becomes of those that are opened here. */
const PROMISED_SECONDS = 20;
const REACTION_SECONDS = 20;
/** Each command is a process of its own. */
const COMMANDS_TIMEOUT_MS = 240_000;
const STARTED_AT = now();
const CALENDARS = testCalendars(STARTED_AT);
/** The day on which the hours of the open team began: in the first hour after midnight it is yesterday. */
const OPENED_ON = new Date(plus(STARTED_AT, -HOUR_MS)).toISOString().slice(0, "2026-01-31".length);

/** The rules of the test desk with so many minutes for medium cases. */
function mediumIn(minutes: number) {
  const policy = testPolicy({ main: "open", au: "open" }, { critical: 600, high: 600, low: 600 });
  const targets = policy.targets.map((rule) =>
    rule.when.priority?.includes("medium") === true ? { ...rule, length: { minutes } } : rule,
  );
  return z.encode(Policy, { ...policy, targets });
}

function fileOf(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

type Row = Readonly<Record<string, string | number | null>>;

/** What became of the medium cases of this desk so far. */
async function mediums(manager: Ithaca) {
  const report = JSON.parse(await manager.run("report", "attainment", "--by", "priority", "--json"));
  const row = report.rows.find(({ priority }: Row) => priority === "medium") ?? { met: 0, breached: 0, waived: 0 };
  return { met: row.met, breached: row.breached, waived: row.waived };
}

const opened = async () => (await customer.sendMessage(message({ requestedPriority: "medium" }))).number;
const versionOf = async (number: string) => ({ ifVersion: (await agent.cases.read(number)).version });
const broken = (number: string) => caseWith(agent, number, "ClockBreached", PROMISED_SECONDS + REACTION_SECONDS);

beforeAll(() =>
  putRules(desk, {
    policy: mediumIn(PROMISED_SECONDS / 60),
    calendars: CALENDARS.map((calendar) => z.encode(Calendar, calendar)),
  }),
);

describe("when promises were kept, broken, excused and taken back", () => {
  test(
    "the report counts each as what it is, and a preview tells what another policy or another holiday would have made of them",
    async () => {
      const manager = await signedInCommand(desk, MAX);
      const before = await mediums(manager);

      const met = await opened();
      await agent.cases.reply(met, { text: "Like this." }, await versionOf(met));
      const cancelled = await opened();
      await agent.cases.resolve(cancelled, {}, await versionOf(cancelled));
      const [late, excused] = [await opened(), await opened()];
      await Promise.all([broken(late), broken(excused)]);
      await manager.run("case", "waive", excused, "--reason", "Their own line was cut.");
      const after = { met: before.met + 1, breached: before.breached + 1, waived: before.waived + 1 };
      expect(await mediums(manager)).toEqual(after);

      // For a spreadsheet it says the same.
      const csv = await manager.run("report", "attainment", "--by", "priority", "--csv");
      expect(csv).toMatch(/^priority,met,breached,waived,percentMet\r?\n/);
      expect(csv).toMatch(new RegExp(`^medium,${after.met},${after.breached},${after.waived},`, "m"));

      const longer = fileOf("policy.json", { policy: mediumIn(10), calendars: [] });
      const asked = await manager.tryTo("policy", "preview", longer, "--over", "90d", "--json");
      expect(asked.exitCode).toBe(0);
      const { summary, examples } = JSON.parse(asked.output);
      expect(summary.byPriority.medium.breachesLost).toBeGreaterThanOrEqual(2);
      expect(summary.byPriority.medium.dueLater).toBeGreaterThanOrEqual(4);
      expect(summary.byPriority.high?.dueLater ?? 0).toBe(0);
      expect(examples.length).toBeGreaterThan(0);

      // Whoever stopped waiting comes back to it by its id.
      const [, id = ""] = /ithaca policy preview --job (\S+)/.exec(asked.errors) ?? [];
      expect(JSON.parse(await manager.run("policy", "preview", "--job", id, "--json"))).toEqual(
        JSON.parse(asked.output),
      );

      const [open] = CALENDARS;
      const holidays = [{ on: OPENED_ON, name: "Day off", source: { kind: "hand" } }];
      const dayOff = fileOf("hours.json", { ...(open && z.encode(Calendar, open)), id: CALENDAR_IDS.open, holidays });
      const off = JSON.parse(await manager.run("calendar", "preview", dayOff, "--over", "90d", "--json"));
      expect(off.summary.byPriority.medium.dueLater).toBeGreaterThanOrEqual(4);

      // Nothing was changed, and nobody but a manager may ask.
      expect(await mediums(manager)).toEqual(after);
      const agents = await signedInCommand(desk, ANA);
      expect((await agents.tryTo("policy", "preview", longer, "--over", "90d")).exitCode).toBe(4);
    },
    COMMANDS_TIMEOUT_MS,
  );
});
