import { describe, expect, test } from "vitest";
import { deskTemplates } from "../infra/desk-templates.ts";
import { priceAtRest } from "./at-rest.ts";
import { playEmailCase } from "./email-case.ts";
import { type CostLine, priceCase, totalOf } from "./price-case.ts";
import { pageOf, rowsOf, tableUnder } from "./published.ts";

/** What a case may cost, and a desk without any in a month, in US dollars (docs/benchmarks/cost.md). */
const CASE_MAX_DOLLARS = 0.002;
const MONTH_AT_REST_MAX_DOLLARS = 45;

const CASE_DIGITS = 6;
const MONTH_DIGITS = 2;

const BILL = pageOf("docs/benchmarks/cost.md");
const README = pageOf("README.md");
const SENDER = "desk@ithaca.example";

describe("at list prices", () => {
  test("a case by email with three messages in and four mails out costs at most a fifth of a cent, as published", async () => {
    const used = await playEmailCase();
    expect(used).toMatchObject({ messagesIn: 3, mailsOut: 4 });
    // The first response, and the next one to each of two messages more.
    expect(used.clocks).toBe(3);
    expect(used.timers).toBeGreaterThanOrEqual(used.clocks);
    const lines = priceCase(used);
    print("An email case", lines, CASE_DIGITS);
    expect(totalOf(lines)).toBeLessThan(CASE_MAX_DOLLARS);

    expect(tableUnder(BILL, "## An email case")).toEqual(rowsOf(lines, CASE_DIGITS));
    const thousand = `US$${(1_000 * totalOf(lines)).toFixed(2)}`;
    expect(found(BILL, /1,000 cases: \*\*(\S+)\*\*/)).toBe(thousand);
    expect(found(README, /(\S+) for 1,000 email cases/)).toBe(thousand);
  });

  test("a desk at rest costs so much a month, as published", async () => {
    const lines = await priceAtRest(deskTemplates({ sender: SENDER }));
    print("A month at rest", lines, MONTH_DIGITS);
    expect(totalOf(lines)).toBeLessThan(MONTH_AT_REST_MAX_DOLLARS);

    expect(tableUnder(BILL, "## A month at rest")).toEqual(rowsOf(lines, MONTH_DIGITS));
    expect(found(README, /(\S+) a month at rest/)).toBe(`US$${totalOf(lines).toFixed(0)}`);
    const published = tableUnder(README, "| at rest, a month").map((row) => row.split("|").map((cell) => cell.trim()));
    expect(published.map(([, , dollars]) => dollars)).toEqual(
      [/machine/, /alarms|dashboard/, /polling/, /by the clock/, /keys/].map((of) => sumOf(lines, of)),
    );
  });

  test("with two channels it costs less, as published", async () => {
    const lines = await priceAtRest(deskTemplates({ sender: SENDER, channels: "Portal,Email" }));
    expect(found(BILL, /other channels out: (\S+)\./)).toBe(`US$${totalOf(lines).toFixed(MONTH_DIGITS)}`);
    expect(found(README, /has two: (\S+)\)/)).toBe(sumOf(lines, /machine/));
  });
});

/** A figure in a page. */
function found(page: string, figure: RegExp): string | undefined {
  return figure.exec(page)?.[1];
}

function sumOf(lines: readonly CostLine[], of: RegExp): string {
  return totalOf(lines.filter(({ what }) => of.test(what))).toFixed(MONTH_DIGITS);
}

/** For `ITHACA_COST=1 npx vitest run test/cost`: the tables of docs/benchmarks/cost.md. */
function print(title: string, lines: readonly CostLine[], digits: number): void {
  if (process.env.ITHACA_COST === undefined) return;
  process.stdout.write(`\n${title}\n${rowsOf(lines, digits).join("\n")}\n`);
}
