import { DAY_MS, MINUTE_MS } from "@ithaca/domain";
import { openRequestDesk } from "@ithaca/functions/src/fixtures/request-desk";
import { routesOf } from "@ithaca/functions/src/fixtures/routes-of";
import { describe, expect, test } from "vitest";
import { percentile } from "../bench/percentile.ts";
import { meter } from "./metered-table.ts";
import { tableCpuMs } from "./table-cpu.ts";

/** For the figures of docs/benchmarks/growth.md; a test needs fewer to see whether something grows. */
const PUBLISHES = process.env.ITHACA_COST !== undefined;
const OPEN_CASES = PUBLISHES ? [400, 1_000, 10_000] : [400, 800];
const MESSAGES = PUBLISHES ? [1, 10, 100, 400] : [1, 10, 100];
const MONTHS = [0, 1, 12];
const CALLS = 60;
const MICROSECONDS_IN_MS = 1_000;

/** What a request costs: read units of DynamoDB, and the processor time that is not the table's, in milliseconds. */
interface Figures {
  readonly readUnits: number;
  readonly ownMs: number;
}

async function deskOf() {
  const desk = await openRequestDesk();
  const { table } = desk.store;
  const tableMs = tableCpuMs(table);
  const used = meter(table);
  const routes = routesOf(desk);
  let sent = 0;
  const send = async (caseNumber?: string): Promise<string> => {
    sent += 1;
    const message = { channel: "portal", channelMessageId: `g-${sent}`, subject: "Printer", text: "It says no." };
    const body = { ...message, ...(caseNumber !== undefined && { caseNumber }) };
    const answer = await routes["send-message"]({ as: "cleo", body });
    if (answer.status > 201) throw new Error(`message ${sent} was answered ${answer.status}`);
    return answer.body.number;
  };

  async function figuresOf(ask: () => Promise<{ status: number }>): Promise<Figures> {
    const own: number[] = [];
    let readUnits = 0;
    for (let call = 0; call < CALLS; call += 1) {
      const [cpu, table, units] = [process.cpuUsage(), tableMs.sum, used.readUnits];
      const { status } = await ask();
      if (status !== 200) throw new Error(`it was answered ${status}`);
      const { user, system } = process.cpuUsage(cpu);
      own.push((user + system) / MICROSECONDS_IN_MS - (tableMs.sum - table));
      readUnits = used.readUnits - units;
    }
    return { readUnits, ownMs: percentile(own.slice(CALLS / 2), 0.5) };
  }
  return { desk, routes, send, figuresOf, used };
}

describe("with the number of open cases", () => {
  test("a list of fifty reads no more", async () => {
    const { routes, send, figuresOf } = await deskOf();
    const list = () => routes["list-cases"]({ as: "ana", query: { team: "main", limit: "50" } });
    const rows: [number, Figures][] = [];
    let open = 0;
    for (const count of OPEN_CASES) {
      for (; open < count; open += 1) await send();
      rows.push([count, await figuresOf(list)]);
    }
    print("open cases", rows);
    expect(rows[0]?.[1].readUnits).toBeGreaterThan(0);
    expect(new Set(rows.map(([, { readUnits }]) => readUnits)).size).toBe(1);
  });
});

describe("with the messages of a case", () => {
  test("reading it grows by what it has, and writing to it does not", async () => {
    const { desk, routes, send, figuresOf, used } = await deskOf();
    const number = await send();
    const read = () => routes["read-case"]({ as: "ana", path: { number } });
    const rows: [number, Figures][] = [];
    const writes: number[] = [];
    let messages = 1;
    for (const count of MESSAGES) {
      for (; messages < count; messages += 1) {
        desk.moveOn(MINUTE_MS);
        await send(number);
      }
      rows.push([count, await figuresOf(read)]);
      const before = used.writeUnits;
      const { body } = await read();
      const headers = { "if-match": `"${body.version}"` };
      const { status } = await routes["write-note"]({ as: "ana", path: { number }, headers, body: { text: "Odd." } });
      expect(status).toBe(201);
      writes.push(used.writeUnits - before);
    }
    print("messages of a case", rows);
    const [first, last] = [rows[0]?.[1].readUnits ?? 0, rows.at(-1)?.[1].readUnits ?? 0];
    expect(last / first).toBeLessThan((MESSAGES.at(-1) ?? 0) / (MESSAGES[0] ?? 1));
    expect(Math.max(...writes)).toBeLessThanOrEqual(2 * Math.min(...writes));
  });
});

describe("with time", () => {
  test("a list of fifty reads no more for the cases that were resolved in the months before", async () => {
    const { desk, routes, send, figuresOf } = await deskOf();
    const rows: [number, Figures][] = [];
    for (let open = 0; open < 60; open += 1) await send();
    let month = 0;
    for (const months of MONTHS) {
      for (; month < months; month += 1) {
        for (let old = 0; old < 30; old += 1) {
          const number = await send();
          const { body } = await routes["read-case"]({ as: "ana", path: { number } });
          const headers = { "if-match": `"${body.version}"` };
          await routes["resolve-case"]({ as: "ana", path: { number }, headers, body: {} });
        }
        desk.moveOn(DAY_MS);
      }
      rows.push([
        months,
        await figuresOf(() => routes["list-cases"]({ as: "ana", query: { team: "main", limit: "50" } })),
      ]);
    }
    print("months of 30 resolved cases", rows);
    expect(new Set(rows.map(([, { readUnits }]) => readUnits)).size).toBe(1);
  });
});

/** For `ITHACA_COST=1 npx vitest run test/cost`: the tables of docs/benchmarks/growth.md. */
function print(what: string, rows: readonly [number, Figures][]): void {
  if (!PUBLISHES) return;
  const lines = rows.map(([count, { readUnits, ownMs }]) => `| ${count} | ${readUnits} | ${ownMs.toFixed(2)} |`);
  process.stdout.write(`\n| ${what} | read units | own CPU ms |\n|--:|--:|--:|\n${lines.join("\n")}\n`);
}
