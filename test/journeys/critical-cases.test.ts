import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, HUGO } from "./callers.ts";
import { createInbox, isTo } from "./inbox.ts";
import { message } from "./messages.ts";
import type { Doors } from "./test-rules.ts";
import { PROMISED_SECONDS } from "./test-rules.ts";
import { factsOf, settledCase } from "./timeline.ts";

const desk = inject("desk");
const inbox = createInbox(desk.inboxUrl);
const callers = createCallers(desk);
const agent = callers.user(ANA);
const SECOND_MS = 1_000;

/** Who writes, by the team of their account. */
const CUSTOMERS = { main: callers.user(CLEO), au: callers.user(HUGO) } as const;
type Team = keyof typeof CUSTOMERS;

const onCall = (team: Team) => `${team}-on-call@desk.example`;

/** Sends a critical message of an account, and gives back its case once all that follows is done. */
async function criticalCaseOf(account: Team) {
  const { number, receivedAt } = await CUSTOMERS[account].sendMessage(
    message({ subject: "Nobody can sign in", requestedPriority: "critical" }),
  );
  const seen = await settledCase(agent, number);
  // Its clock runs day and night, whoever is open.
  const [started] = factsOf(seen, "ClockStarted");
  expect(Date.parse(started?.dueAt ?? "")).toBe(Date.parse(receivedAt) + PROMISED_SECONDS.critical * SECOND_MS);
  return seen;
}

interface Situation {
  readonly name: string;
  readonly doors: Doors;
  /** Who answers a critical case, by the team of the account that it comes from. */
  readonly goesTo: Readonly<Record<Team, Team>>;
}

const SOMEBODY_OPEN: readonly Situation[] = [
  { name: "both teams are open", doors: { main: "open", au: "open" }, goesTo: { main: "main", au: "au" } },
  { name: "only main is open", doors: { main: "open", au: "closed" }, goesTo: { main: "main", au: "main" } },
  { name: "only au is open", doors: { main: "closed", au: "open" }, goesTo: { main: "au", au: "au" } },
];

describe.each(SOMEBODY_OPEN)("a critical case while $name", ({ doors, goesTo }) => {
  beforeAll(() => applyRules(desk, doors));

  test.concurrent.each(["main", "au"] as const)(
    "goes to an open team when its account is %s's, and nobody is paged",
    async (account) => {
      const seen = await criticalCaseOf(account);
      expect(seen).toMatchObject({ priority: "critical", team: goesTo[account] });
      expect(factsOf(seen, "CoverageGapFound")).toEqual([]);
      const paged = (await inbox.about(seen.number)).filter(
        (mail) => isTo(mail, onCall("main")) || isTo(mail, onCall("au")),
      );
      expect(paged).toEqual([]);
    },
  );
});

describe("a critical case while no team is open", () => {
  beforeAll(() => applyRules(desk, { main: "closed", au: "closed" }));

  test.concurrent.each(["main", "au"] as const)(
    "stays with %s, its account's own team, whose on-call is paged once; the gap is recorded",
    async (account) => {
      const seen = await criticalCaseOf(account);
      expect(seen).toMatchObject({ priority: "critical", team: account });
      expect(factsOf(seen, "CoverageGapFound")).toMatchObject([{ team: account }]);

      const page = await inbox.mail(seen.number, { to: onCall(account), subject: /no team is open, you are on call/ });
      expect(page.text).toContain("Take it to acknowledge this page.");
      expect((await inbox.about(seen.number)).filter((mail) => isTo(mail, onCall(account)))).toHaveLength(1);
    },
  );

  test.concurrent("of a mail that nothing authenticates opens all the same, and pages nobody by itself", async () => {
    const { number } = await callers.channel("email").sendMessage(
      message({
        channel: "email",
        from: { address: `stranger-${Date.now()}@elsewhere.example` },
        subject: "Re: CRITICAL: everything is down",
        evidence: { authentication: { spf: "none", dkim: "none", dmarc: "fail" } },
      }),
    );
    const seen = await settledCase(agent, number);
    expect(seen).toMatchObject({ priority: "critical", team: "main", senderVerified: false });
    const pages = (seen.effects ?? []).filter(({ owed }) => owed.kind === "mail" && owed.template === "on-call-page");
    expect(pages).toMatchObject([{ status: "abandoned", reason: "sender-not-verified" }]);
  });

  test.concurrent("of an ordinary priority waits for its own team's hours", async () => {
    const { team, dueAt = "", receivedAt } = await CUSTOMERS.main.sendMessage(message({ requestedPriority: "high" }));
    expect(team).toBe("main");
    // The test desk opens six hours from now.
    const hoursAhead = (Date.parse(dueAt) - Date.parse(receivedAt)) / (3_600 * SECOND_MS);
    expect(hoursAhead).toBeGreaterThan(5);
    expect(hoursAhead).toBeLessThan(7);
  });
});
