import { HOUR_MS, type Instant, instant, MINUTE_MS, plus, SECOND_MS } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { NOW } from "../../fake-world.ts";
import type { Account, MailStanding } from "./account.ts";
import { examine, type Finding, type Patient } from "./examine.ts";

const MAIL: MailStanding = {
  verified: true,
  sandbox: false,
  enabled: true,
  perDay: 50_000,
  sentInADay: 120,
  perSecond: 14,
};

const ACCOUNT: Account = {
  stacks: async () => [
    { stack: "IthacaData", status: "CREATE_COMPLETE" },
    { stack: "Ithaca", status: "UPDATE_COMPLETE" },
  ],
  mail: async () => MAIL,
  concurrency: async () => 1_000,
  alarms: async () => [{ alarm: "Ithaca-a", state: "OK", meaning: "mend it" }],
  subscribers: async () => 1,
  time: async () => NOW,
};

const MAIN = { id: "main-hours", version: 1, name: "Main", zone: "America/New_York", week: {} };

/** What of a desk's store is looked at. */
interface Inside {
  readonly outbound?: "live" | "held";
  readonly armedUntil?: Instant;
  readonly late?: readonly Instant[];
  readonly holidaysUntil?: string;
  readonly owed?: readonly { id: string; owed: { kind: string } }[];
}

function patient(account: Partial<Account> = {}, inside: Inside = {}, more: Partial<Patient> = {}): Patient {
  const {
    outbound = "live",
    armedUntil = plus(NOW, HOUR_MS),
    late = [],
    owed = [],
    holidaysUntil = "2031-12-25",
  } = inside;
  const calendars = [{ ...MAIN, holidays: [{ on: holidaysUntil, name: "Holiday", source: { kind: "hand" } }] }];
  const rulebook = {
    policy: { teams: [{ code: "main", hours: "main-hours" }] },
    calendar: (id: string) => ({ calendar: calendars.find((one) => one.id === id) }),
  };
  const store = {
    rulebooks: { inForce: async () => rulebook },
    desk: { read: async () => ({ epoch: 3, outbound, armedUntil }) },
    cases: { wakeUps: async () => ({ items: late.map((wakeAt) => ({ caseId: "case_1", version: 1, wakeAt })) }) },
    effects: { overdue: async () => ({ items: owed }) },
  } as unknown as Patient["store"];
  return {
    account: { ...ACCOUNT, ...account },
    store,
    queues: { depth: async () => 0 },
    pairs: [{ name: "send-mail", url: "q", deadLettersUrl: "d" }],
    mailFrom: "desk@ithaca.example",
    now: () => NOW,
    ...more,
  };
}

async function findings(of: Patient): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of examine(of)) found.push(finding);
  return found;
}

describe("a desk that is well", () => {
  test("has nothing but good findings, one for each check at least", async () => {
    const found = await findings(patient());
    expect(found.filter(({ verdict }) => verdict !== "good")).toEqual([]);
    expect(new Set(found.map(({ check }) => check)).size).toBe(13);
  });
});

describe("what is found", () => {
  const mail = (standing: Partial<MailStanding>): Partial<Account> => ({
    mail: async () => ({ ...MAIL, ...standing }),
  });

  test.each<[string, Finding["verdict"], Patient, string]>([
    [
      "stacks",
      "bad",
      patient({ stacks: async () => [{ stack: "Ithaca", status: "UPDATE_ROLLBACK_COMPLETE" }] }),
      "UPDATE_ROLLBACK_COMPLETE",
    ],
    ["sender", "look", patient({}, {}, { mailFrom: undefined }), "mail is off"],
    ["sender", "bad", patient(mail({ verified: false })), "desk@ithaca.example is not verified"],
    ["sender", "bad", patient(mail({ enabled: false })), "SES has stopped sending"],
    ["sender", "look", patient(mail({ sandbox: true })), "sandbox"],
    ["mail quota", "look", patient(mail({ perDay: 200, sentInADay: 160 })), "160 of 200"],
    ["concurrency", "look", patient({ concurrency: async () => 10 }), "only 10"],
    ["alarms", "bad", patient({ alarms: async () => [] }), "no alarms"],
    [
      "alarms",
      "bad",
      patient({ alarms: async () => [{ alarm: "Ithaca-x", state: "ALARM", meaning: "mend it" }] }),
      "Ithaca-x: mend it",
    ],
    ["alarm mail", "look", patient({ subscribers: async () => 0 }), "nobody is told"],
    ["dead letters", "bad", patient({}, {}, { queues: { depth: async () => 4 } }), "4 of send-mail"],
    ["outbound", "look", patient({}, { outbound: "held" }), "go-live"],
    ["timers", "bad", patient({}, { armedUntil: plus(NOW, -SECOND_MS) }), "has stopped"],
    ["timers", "look", patient({}, { armedUntil: instant(0) }), "has not run yet"],
    [
      "clocks",
      "bad",
      patient({}, { late: [plus(NOW, -5 * MINUTE_MS)] }),
      "1 cases have not been woken, the first for 5 m",
    ],
    [
      "owed",
      "bad",
      patient({}, { owed: [{ id: "case_1.1.0", owed: { kind: "mail" } }] }),
      "(mail), such as case_1.1.0",
    ],
    ["holidays", "look", patient({}, { holidaysUntil: "2026-12-25" }), "main-hours lists no holiday after 2026-12-25"],
    ["time", "look", patient({ time: async () => plus(NOW, MINUTE_MS) }), "differ by 1 m"],
  ])("%s: %s", async (check, verdict, of, says) => {
    const notGood = (await findings(of)).filter((finding) => finding.verdict !== "good");
    expect(notGood).toEqual([{ check, verdict, says: expect.stringContaining(says) }]);
  });

  test("a check that may not look says so, and the others look all the same", async () => {
    const alarms = async () => {
      throw new Error("not authorised: cloudwatch:DescribeAlarms");
    };
    const found = await findings(patient({ alarms }));
    expect(found.filter(({ verdict }) => verdict !== "good")).toEqual([
      { check: "alarms", verdict: "look", says: expect.stringContaining("cloudwatch:DescribeAlarms") },
    ]);
    expect(found).toHaveLength(14);
  });
});
