import { describe, expect, test } from "vitest";
import { deskTemplates } from "../infra/desk-templates.ts";
import { priceAtRest } from "./at-rest.ts";
import { playEmailCase } from "./email-case.ts";
import { type CostLine, priceCase, totalOf } from "./price-case.ts";

/** What a case may cost, and a desk without any in a month, in US dollars (docs/benchmarks/cost.md). */
const CASE_MAX_DOLLARS = 0.002;
const MONTH_AT_REST_MAX_DOLLARS = 45;

describe("at list prices", () => {
  test("a case by email with three messages in and four mails out costs at most a fifth of a cent", async () => {
    const used = await playEmailCase();
    expect(used).toMatchObject({ messagesIn: 3, mailsOut: 4 });
    // The first response, and the next one to each of two messages more.
    expect(used.clocks).toBe(3);
    expect(used.timers).toBeGreaterThanOrEqual(used.clocks);
    const lines = priceCase(used);
    print(`an email case, ${used.clocks} clock(s)`, lines);
    expect(totalOf(lines)).toBeLessThan(CASE_MAX_DOLLARS);
  });

  test("a desk at rest costs so much a month", async () => {
    const lines = await priceAtRest(deskTemplates({ sender: "desk@ithaca.example" }));
    print("a month at rest", lines);
    expect(totalOf(lines)).toBeLessThan(MONTH_AT_REST_MAX_DOLLARS);
  });
});

/** For `ITHACA_COST=1 npx vitest run test/cost`: the tables of docs/benchmarks/cost.md. */
function print(title: string, lines: readonly CostLine[]): void {
  if (process.env.ITHACA_COST === undefined) return;
  const rows = lines.map(
    ({ what, count, dollars }) => `| ${what} | ${Math.round(count * 10) / 10} | ${dollars.toFixed(6)} |`,
  );
  process.stdout.write(`\n${title}\n${rows.join("\n")}\n| sum | | ${totalOf(lines).toFixed(6)} |\n`);
}
