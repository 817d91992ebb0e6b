import {
  type Actor,
  ATTEMPTS_MAX,
  caseIdOf,
  caseNumber,
  changePriority,
  type Effect,
  escalate,
  type Message,
  MINUTE_MS,
  merge,
  numberOf,
  receiveMessage,
  refuse,
  reply,
  resolve,
  SECOND_MS,
  split,
  spokenNumber,
  system,
  take,
  toIso,
  unmerge,
  wake,
} from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  ACCOUNT,
  ADDRESS,
  AGENT,
  namedBy,
  openReactionDesk,
  REQUESTER,
  type ReactionDesk,
  type Ticket,
} from "../fixtures/reaction-desk.ts";
import { NoAnswer } from "../runtime/no-answer.ts";
import { isSuperseded } from "./is-superseded.ts";
import { LEASE_MS, sendMail } from "./send-mail.ts";

/** A Wednesday morning in New York: the main team is open. */
const OPEN = "2026-06-10T14:00:00Z";
/** A Sunday: nobody is open. */
const CLOSED = "2026-06-14T14:00:00Z";

const BY: Actor = { kind: "agent", id: AGENT };
const CLOCK = system("wake-case");

let desk: ReactionDesk;
beforeEach(async () => {
  desk = openReactionDesk(OPEN);
  await desk.enrol();
});

function lastMail(): { to: string; from: string; source: string } {
  const mail = desk.mails.at(-1);
  if (mail === undefined) throw new Error("no mail was sent");
  return { to: mail.to, from: mail.from, source: Buffer.from(mail.raw).toString("latin1") };
}

/** The text of the last mail, its quoted-printable undone, and its headers unfolded. */
function lastText(): string {
  const { source } = lastMail();
  const bytes = source
    .replaceAll("=\r\n", "")
    .replaceAll("\r\n ", " ")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

async function stateOf(effect: Effect) {
  const { status, attempts, reason, outcome, nextAttemptAt } =
    (await desk.effects.read(effect.caseId, effect.id)) ?? effect;
  return {
    status,
    attempts,
    reason,
    outcome,
    ...(nextAttemptAt !== undefined && { nextAttemptAt: toIso(nextAttemptAt) }),
  };
}

async function acknowledge(ticket: Ticket = {}): Promise<Effect> {
  const effect = await desk.effectOf(await desk.open(ticket), "mail");
  await sendMail(namedBy(effect), desk);
  return effect;
}

describe("when a customer's ticket opens a case", () => {
  test("they are told its number, its priority, who has it and by when", async () => {
    const effect = await acknowledge();
    const text = lastText();
    expect(lastMail()).toMatchObject({ to: ADDRESS, from: "support@desk.example" });
    expect(text).toContain(`Subject: [#${spokenNumber(numberOf(effect.caseId))}] We have your message`);
    expect(text).toContain("Priority: Medium\r\n");
    expect(text).toContain("Team: Main support, Monday to Friday 08:00–20:00 (America/New_York). It is open now.");
    expect(text).toContain("first answer by: Thursday 11 June 2026, 09:00 (Central Daylight Time, America/Chicago)");
    expect(text).toContain("Auto-Submitted: auto-replied");
    expect(await stateOf(effect)).toEqual({ status: "done", attempts: 1, reason: undefined, outcome: "ses-1" });
  });

  test("while nobody is there they are told when somebody is, in their own zone", async () => {
    desk.moveTo(CLOSED);
    await acknowledge();
    expect(lastText()).toContain(
      "It is closed now and opens on Monday 15 June 2026, 07:00 (Central Daylight Time, America/Chicago).",
    );
  });

  test("a zone that is none gives way to their account's", async () => {
    await desk.directory.putPerson({
      id: "person_lost",
      addresses: ["lost@lakeside.example"],
      accountId: ACCOUNT,
      zone: "Moon/Tycho",
      known: true,
    });
    await acknowledge({ requesterId: "person_lost" });
    expect(lastText()).toContain("(Central Daylight Time, America/Chicago)");
  });

  test("a critical case is promised day and night", async () => {
    desk.moveTo(CLOSED);
    const caseId = await desk.open({ requestedPriority: "critical" });
    const effects = await desk.effectsOf(caseId, "mail");
    for (const effect of effects) await sendMail(namedBy(effect), desk);
    const texts = desk.mails.map(({ to, raw }) => `${to} ${Buffer.from(raw).toString("latin1")}`);
    expect(texts).toHaveLength(2);
    expect(texts.find((text) => text.startsWith(ADDRESS))).toContain("That time runs day and night");
    expect(texts.find((text) => text.startsWith("main-on-call@desk.example"))).toContain("you are on call");
  });

  test("a request for critical that a person must look at is named beside what it opened at", async () => {
    await acknowledge({ channel: "chat", requestedPriority: "critical" });
    expect(lastText()).toContain("Priority: High (you asked for Critical; a person will look at that)");
  });

  test("before its triage they are told its number alone", async () => {
    await acknowledge({ untriaged: true });
    expect(lastText()).toContain("A person will look at it and decide how urgent it is.");
    expect(lastText()).not.toContain("Priority:");
  });

  test("a thread of mail is kept for those whom somebody vouches for", async () => {
    await acknowledge({ channel: "email", evidence: { ...noEvidence, messageId: "<q1@lakeside.example>" } });
    expect(lastText()).toContain("In-Reply-To: <q1@lakeside.example>");
  });
});

const noEvidence = { automatic: false, references: [], copied: [] };

describe("when nobody vouches for the sender", () => {
  const stranger: Ticket = {
    senderVerified: false,
    channel: "email",
    accountTeam: undefined,
    accountId: undefined,
    subject: "Buy now",
    text: "Cheap pills at evil.example",
    requestedPriority: "visit-evil-example",
    evidence: { ...noEvidence, messageId: "<pills@evil.example>" },
  };

  test("the acknowledgement repeats nothing that they wrote", async () => {
    await acknowledge(stranger);
    expect(lastText()).not.toMatch(/buy now|pills|evil/i);
    expect(lastText()).toContain("Priority: Medium");
  });

  test("one address gets one acknowledgement a day", async () => {
    const first = await acknowledge(stranger);
    const second = await acknowledge(stranger);
    expect(desk.mails).toHaveLength(1);
    expect(await stateOf(first)).toMatchObject({ status: "done" });
    expect(await stateOf(second)).toMatchObject({ status: "abandoned", reason: "budget-spent" });

    desk.moveTo("2026-06-11T00:00:00Z");
    await acknowledge(stranger);
    expect(desk.mails).toHaveLength(2);
  });

  test("a failure of the mail system does not spend the day's acknowledgement", async () => {
    const effect = await desk.effectOf(await desk.open(stranger), "mail");
    await expect(sendMail(namedBy(effect), failing())).rejects.toThrow("throttled");
    desk.moveOn(MINUTE_MS);
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });

  test("they are taken to be in the owning team's zone", async () => {
    await desk.directory.putPerson({ id: "person_new", addresses: ["new@elsewhere.example"], known: false });
    await acknowledge({ ...stranger, requesterId: "person_new" });
    expect(lastText()).toContain("(Eastern Daylight Time, America/New_York)");
  });
});

/** The desk whose mail system takes nothing. */
function failing(): ReactionDesk {
  return { ...desk, mail: { send: () => Promise.reject(new Error("throttled")) } };
}

describe("when the customer is told that cases were combined", () => {
  /** Merges a case into a new one, of which its requester is told. */
  async function mergedAway(ticket: Ticket = {}): Promise<{ effect: Effect; caseId: string; survivorId: string }> {
    const caseId = await desk.open(ticket);
    const survivorId = await desk.open();
    const messages = { messageIds: [], waiting: [] };
    await desk.cases.changeBoth(survivorId, { caseId }, ({ first, second }, rulebook, now) =>
      second === undefined
        ? refuse("not-merged")
        : merge(first, second, { ...messages, notify: true }, rulebook, now, BY),
    );
    return { effect: await mailOf(caseId, "merged"), caseId, survivorId };
  }

  async function mailOf(caseId: string, template: string): Promise<Effect> {
    const [found] = (await desk.effectsOf(caseId, "mail")).filter(
      ({ owed }) => owed.kind === "mail" && owed.template === template,
    );
    if (found === undefined) throw new Error(`${caseId} owes no ${template}`);
    return found;
  }

  test("a merge tells the number under which their case goes on, and repeats no words", async () => {
    const { effect, caseId, survivorId } = await mergedAway({ subject: "Secret plans" });
    await sendMail(namedBy(effect), desk);
    const [before, now] = [spokenNumber(numberOf(caseId)), spokenNumber(numberOf(survivorId))];
    expect(lastMail().to).toBe(ADDRESS);
    expect(lastText()).toContain(`Subject: [#${now}] Your case ${before} goes on as case ${now}`);
    expect(lastText()).toContain(`Please give the number ${now}`);
    expect(lastText()).toContain("Auto-Submitted: auto-generated");
    expect(lastText()).not.toContain("Secret");
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });

  test("delivered again it is not sent again", async () => {
    const { effect } = await mergedAway();
    await sendMail(namedBy(effect), desk);
    desk.moveOn(LEASE_MS * 2);
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(1);
  });

  test("a merge that was taken back before the mail went out is not told", async () => {
    const { effect, caseId, survivorId } = await mergedAway();
    await desk.cases.changeBoth(survivorId, { caseId }, ({ first, second }, rulebook, now) =>
      second === undefined
        ? refuse("not-merged")
        : unmerge(
            first,
            second,
            { messageIds: [], participants: [] },
            { here: [], waitingSince: undefined },
            rulebook,
            now,
            BY,
          ),
    );
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "abandoned", reason: "superseded" });
    expect(desk.mails).toHaveLength(0);
  });

  test("a split tells the new number and what to expect", async () => {
    const caseId = await desk.open();
    const openedId = caseIdOf(caseNumber(1, 77));
    const message: Message = {
      id: "msg_toner",
      caseId,
      direction: "inbound",
      channel: "portal",
      by: BY,
      personId: REQUESTER,
      text: "Secret toner",
      receivedAt: desk.clock(),
      attachments: [],
    };
    const into = { intoCaseId: openedId, waitingSince: undefined, notify: true };
    await desk.cases.changeBoth(caseId, { opens: () => openedId }, ({ first }, rulebook, now) =>
      split(first, message, into, rulebook, now, BY),
    );
    const effect = await desk.effectOf(openedId, "mail");
    await sendMail(namedBy(effect), desk);
    const [from, number] = [spokenNumber(numberOf(caseId)), spokenNumber(numberOf(openedId))];
    expect(lastText()).toContain(`Subject: [#${number}] A question in your case ${from} is case ${number} now`);
    expect(lastText()).toContain("You can expect a first answer by: Thursday 11 June 2026");
    expect(lastText()).not.toContain("Secret");
  });
});

describe("when the event comes again", () => {
  test("after it was done, nothing is sent", async () => {
    const effect = await acknowledge();
    await sendMail(namedBy(effect), desk);
    desk.moveOn(LEASE_MS * 2);
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(1);
    expect(desk.counts["mail-sent"]).toBe(1);
  });

  test("at the same time, one is sent", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    await Promise.all([1, 2, 3].map(() => sendMail(namedBy(effect), desk)));
    expect(desk.mails).toHaveLength(1);
  });

  test("for an effect that is not there, nothing happens", async () => {
    await sendMail({ caseId: "case_100000016", effectId: "case_100000016.1.0" }, desk);
    expect(desk.mails).toEqual([]);
  });
});

describe("when the mail system fails", () => {
  test("the mail is given back, to be tried again after a while, and the failure is thrown", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    await expect(sendMail(namedBy(effect), failing())).rejects.toThrow("throttled");
    expect(await stateOf(effect)).toMatchObject({
      status: "pending",
      attempts: 1,
      nextAttemptAt: "2026-06-10T14:00:30.000Z",
    });

    await expect(sendMail(namedBy(effect), failing())).rejects.toThrow("throttled");
    expect(await stateOf(effect)).toMatchObject({
      status: "pending",
      attempts: 2,
      nextAttemptAt: "2026-06-10T14:01:00.000Z",
    });

    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "done", attempts: 3 });
    expect(desk.mails).toHaveLength(1);
  });

  test("the last attempt gives it up for a reason that can be seen", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    for (let attempt = 1; attempt < ATTEMPTS_MAX; attempt += 1) {
      await expect(sendMail(namedBy(effect), failing())).rejects.toThrow("throttled");
    }
    await sendMail(namedBy(effect), failing());
    expect(await stateOf(effect)).toMatchObject({
      status: "abandoned",
      reason: "attempts-exhausted",
      attempts: ATTEMPTS_MAX,
    });

    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toEqual([]);
  });
});

describe("when a function crashes between sending and recording", () => {
  function crashing(): ReactionDesk {
    return { ...desk, effects: { ...desk.effects, end: () => Promise.reject(new Error("crashed")) } };
  }

  test("nobody sends again while the claim holds, and once more when it has run out, which is counted", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    await expect(sendMail(namedBy(effect), crashing())).rejects.toThrow("crashed");
    expect(await stateOf(effect)).toMatchObject({ status: "claimed" });

    desk.moveOn(LEASE_MS - SECOND_MS);
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(1);

    desk.moveOn(2 * SECOND_MS);
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(2);
    expect(desk.counts["mail-after-crash"]).toBe(1);
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });

  test("crashes before anything was sent are no reason to give it up", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    const gone = () => new Promise<never>(() => undefined);
    for (let crash = 0; crash < 3; crash += 1) {
      void sendMail(namedBy(effect), { ...desk, effects: { ...desk.effects, begin: gone } });
      await vi.waitFor(async () => expect(await stateOf(effect)).toMatchObject({ attempts: crash + 1 }));
      desk.moveOn(LEASE_MS);
    }
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(1);
    expect(desk.counts["mail-after-crash"]).toBeUndefined();
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });

  test("whoever stood still until somebody else had it sends nothing", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    const standing = async (claimed: Effect) => {
      desk.moveOn(LEASE_MS);
      await sendMail(namedBy(effect), desk);
      return desk.effects.begin(claimed);
    };
    await sendMail(namedBy(effect), { ...desk, effects: { ...desk.effects, begin: standing } });
    expect(desk.mails).toHaveLength(1);
    expect(await stateOf(effect)).toMatchObject({ status: "done", attempts: 2 });
  });

  test("a second crash is the last: nobody gets it a third time", async () => {
    const effect = await desk.effectOf(await desk.open(), "mail");
    for (let crash = 0; crash < 2; crash += 1) {
      await expect(sendMail(namedBy(effect), crashing())).rejects.toThrow("crashed");
      desk.moveOn(LEASE_MS);
    }
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(2);
    expect(await stateOf(effect)).toMatchObject({ status: "abandoned", reason: "attempts-exhausted" });
  });

  test("an answer of SES that never came is such a crash", async () => {
    const unanswered = { send: () => Promise.reject(new NoAnswer("no answer")) };
    const effect = await desk.effectOf(await desk.open(), "mail");
    await expect(sendMail(namedBy(effect), { ...desk, mail: unanswered })).rejects.toThrow("no answer");
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toEqual([]);

    desk.moveOn(LEASE_MS);
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(1);
    expect(desk.counts["mail-after-crash"]).toBe(1);
  });
});

describe("while outbound is held", () => {
  test("nothing is sent and nothing is touched; after go-live it goes out", async () => {
    await desk.desk.bumpEpoch();
    const effect = await acknowledge();
    expect(desk.mails).toEqual([]);
    expect(await stateOf(effect)).toMatchObject({ status: "pending", attempts: 0 });

    await desk.desk.goLive();
    await sendMail(namedBy(effect), desk);
    expect(desk.mails).toHaveLength(1);
  });
});

describe("mail that must not go out is abandoned with the reason", () => {
  test.each<[string, Ticket, Partial<ReactionDesk["settings"]>, string]>([
    ["without a sender of our own", {}, { MAIL_FROM: "" }, "mail-off"],
    ["to somebody without an address", { requesterId: "person_unknown" }, {}, "no-address"],
    ["to ourselves", {}, { MAIL_FROM: `Us <${ADDRESS}>` }, "automatic-mail"],
    ["in answer to a machine", { automatic: true }, {}, "automatic-mail"],
  ])("%s", async (_situation, ticket, settings, reason) => {
    const effect = await desk.effectOf(await desk.open(ticket), "mail");
    await sendMail(namedBy(effect), { ...desk, settings: { ...desk.settings, ...settings } });
    expect(await stateOf(effect)).toMatchObject({ status: "abandoned", reason });
    expect(desk.mails).toEqual([]);
  });
});

describe("when an agent answers", () => {
  async function answered(ticket: Ticket = {}, text = "Please restart it.\nÀ bientôt"): Promise<Effect> {
    const caseId = await desk.open(ticket);
    const messages = [
      {
        id: "msg_answer",
        caseId,
        direction: "outbound" as const,
        channel: "email",
        by: BY,
        text,
        receivedAt: desk.clock(),
        attachments: [],
      },
    ];
    await desk.cases.change(caseId, (current, rulebook, now) => reply(current, "msg_answer", rulebook, now, BY), {
      messages,
    });
    const owed = await desk.effectsOf(caseId, "mail");
    const effect = owed.find((one) => one.owed.kind === "mail" && one.owed.template === "reply");
    if (effect === undefined) throw new Error("no reply is owed");
    return effect;
  }

  test("the customer gets the words, the number and the thread, as from a person", async () => {
    const effect = await answered({
      channel: "email",
      evidence: { ...noEvidence, messageId: "<q1@lakeside.example>" },
    });
    await sendMail(namedBy(effect), desk);
    const text = lastText();
    expect(lastMail().to).toBe(ADDRESS);
    expect(text).toContain("Please restart it.\r\nÀ bientôt");
    expect(text).toContain(`Subject: [#${spokenNumber(numberOf(effect.caseId))}] Re: A question`);
    expect(text).toContain("In-Reply-To: <q1@lakeside.example>");
    expect(text).not.toContain("Auto-Submitted");
  });

  test("nothing is sent while its long text is missing, and it goes out once that is restored", async () => {
    const effect = await answered({}, "y".repeat(9_000));
    const { get } = desk.bodies;
    desk.bodies.get = async () => undefined;
    await expect(sendMail(namedBy(effect), desk)).rejects.toThrow("the text of msg_answer is not there");
    expect(desk.mails).toEqual([]);

    desk.bodies.get = get;
    await sendMail(namedBy(effect), desk);
    expect(lastText()).toContain("yyyy");
  });

  test("an answer to a stranger is sent whatever the day's budget", async () => {
    const effect = await answered({ senderVerified: false });
    await acknowledge({ senderVerified: false });
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });
});

describe("when a target nears or passes", () => {
  async function woken(at: string, assigned = false): Promise<string> {
    const caseId = await desk.open();
    if (assigned) await desk.cases.change(caseId, (current, _, now) => take(current, AGENT, now, BY));
    desk.moveTo(at);
    await desk.cases.change(caseId, (current, rulebook, now) => wake(current, rulebook, now, CLOCK));
    return caseId;
  }

  async function notice(caseId: string, template: string): Promise<Effect> {
    const owed = await desk.effectsOf(caseId, "mail");
    const effect = owed.find((one) => one.owed.kind === "mail" && one.owed.template === template);
    if (effect === undefined) throw new Error(`no ${template} is owed`);
    return effect;
  }

  test("the team's lead is warned while the case is nobody's", async () => {
    const caseId = await woken("2026-06-11T00:00:00Z");
    await sendMail(namedBy(await notice(caseId, "warning")), desk);
    expect(lastMail().to).toBe("main-lead@desk.example");
    expect(lastText()).toContain("75 % of the time for the first response is gone");
    expect(lastText()).toContain(
      "It is due on Thursday 11 June 2026, 10:00 (Eastern Daylight Time, America/New_York).",
    );
    expect(lastText()).toContain("Auto-Submitted: auto-generated");
    expect(lastText()).not.toMatch(/A question|It does not work|cleo/);
  });

  test.each([
    ["warning", "2026-06-11T00:00:00Z"],
    ["breach", "2026-06-11T14:00:01Z"],
  ])("the lead gets the %s of a case whose assignee is there no more", async (template, at) => {
    const caseId = await desk.open();
    await desk.cases.change(caseId, (current, _, now) => take(current, "prin_gone", now, BY));
    desk.moveTo(at);
    await desk.cases.change(caseId, (current, rulebook, now) => wake(current, rulebook, now, CLOCK));
    await sendMail(namedBy(await notice(caseId, template)), desk);
    expect(lastMail().to).toBe("main-lead@desk.example");
  });

  test("of a question that a customer asked later, it is said which one", async () => {
    const caseId = await desk.open();
    const { policy } = shippedRules;
    const targets = policy.targets.map((rule) => ({
      ...rule,
      when: { ...rule.when, metric: ["first-response" as const, "next-response" as const] },
    }));
    const rules = { ...(await desk.rulebooks.inForce(desk.clock(), [])), policy: { ...policy, targets } };
    const asked = (messageId: string) => {
      const message = { messageId, channel: "portal", personId: REQUESTER, automatic: false };
      return desk.cases.change(caseId, (current, _, now) =>
        receiveMessage(current, { ...message, receivedAt: now }, rules, now, BY),
      );
    };
    for (const turn of ["1", "2"]) {
      await desk.cases.change(caseId, (current, _, now) => reply(current, `msg_a${turn}`, rules, now, BY));
      await asked(`msg_q${turn}`);
    }
    desk.moveTo("2026-06-11T14:00:01Z");
    await desk.cases.change(caseId, (current, rulebook, now) => wake(current, rulebook, now, CLOCK));
    await sendMail(namedBy(await notice(caseId, "breach")), desk);
    expect(lastText()).toContain("The next response 2 is overdue");
    expect(lastText()).toContain("The next response 2 was due on Thursday 11 June 2026, 10:00");
  });

  test("a warning of a question that was answered is not sent for the next one", async () => {
    const caseId = await woken("2026-06-11T00:00:00Z");
    const effect = await notice(caseId, "warning");
    expect(effect.owed).toMatchObject({ metric: "first-response", cycle: 1 });
    const current = await desk.cases.read(caseId);
    if (current === undefined) throw new Error("no case");
    const intent = { template: "warning", to: { kind: "team-lead", team: "main" }, metric: "first-response" } as const;
    const due = { percent: 75, dueAt: desk.clock() };
    expect(isSuperseded({ ...intent, ...due, cycle: 1 }, current, [])).toBe(false);
    expect(isSuperseded({ ...intent, ...due }, current, [])).toBe(false);
    expect(isSuperseded({ ...intent, ...due, cycle: 2 }, current, [])).toBe(true);
  });

  test("the assignee is told of the breach, with a link where the desk has an address", async () => {
    const caseId = await woken("2026-06-11T14:00:01Z", true);
    await sendMail(namedBy(await notice(caseId, "breach")), {
      ...desk,
      settings: { ...desk.settings, DESK_URL: "https://desk.example/" },
    });
    expect(lastMail().to).toBe("ana@desk.example");
    expect(lastText()).toContain("[#");
    expect(lastText()).toContain(`Open it: https://desk.example/cases/${numberOf(caseId)}`);
  });

  test("lead and assignee are told of the escalation", async () => {
    const caseId = await woken("2026-06-11T14:00:01Z", true);
    await desk.cases.change(caseId, (current, { policy }, now) =>
      escalate(current, { fromTier: 1 }, policy, now, CLOCK),
    );
    const owed = (await desk.effectsOf(caseId, "mail")).filter(
      (one) => one.owed.kind === "mail" && one.owed.template === "escalation",
    );
    for (const effect of owed) await sendMail(namedBy(effect), desk);
    expect(desk.mails.map(({ to }) => to).sort()).toEqual(["ana@desk.example", "main-lead@desk.example"]);
    expect(lastText()).toContain("Escalated to tier 2");
  });

  test.each([
    ["the lead in their place, when nobody else is told", ["assignee" as const], 1],
    ["the lead once, who is told anyway", ["assignee" as const, "team-lead" as const], 1],
  ])("of an escalation whose assignee is there no more %s", async (_what, tells, mails) => {
    const caseId = await woken("2026-06-11T14:00:01Z");
    await desk.cases.change(caseId, (current, _, now) => take(current, "prin_gone", now, BY));
    const escalation = [{ id: "one", when: {}, toTier: "next" as const, tells }];
    await desk.cases.change(caseId, (current, { policy }, now) =>
      escalate(current, { fromTier: 1 }, { ...policy, escalation }, now, CLOCK),
    );
    const owed = (await desk.effectsOf(caseId, "mail")).filter(
      (one) => one.owed.kind === "mail" && one.owed.template === "escalation",
    );
    for (const effect of owed) await sendMail(namedBy(effect), desk);
    expect(desk.mails.map(({ to }) => to)).toEqual(Array(mails).fill("main-lead@desk.example"));
  });

  test("a warning that comes after the answer is not sent", async () => {
    const caseId = await woken("2026-06-11T00:00:00Z");
    await desk.cases.change(caseId, (current, rulebook, now) => resolve(current, undefined, rulebook, now, BY));
    const effect = await notice(caseId, "warning");
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "abandoned", reason: "superseded" });
  });

  test("on-call is not paged for a case that somebody has taken", async () => {
    desk.moveTo(CLOSED);
    const caseId = await desk.open({ requestedPriority: "critical" });
    await desk.cases.change(caseId, (current, _, now) => take(current, AGENT, now, BY));
    const effect = await notice(caseId, "on-call-page");
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "abandoned", reason: "superseded" });
  });

  test("on-call is paged for a case that was answered and taken long before it became critical", async () => {
    const caseId = await desk.open();
    await desk.cases.change(caseId, (current, _, now) => take(current, AGENT, now, BY));
    await desk.cases.change(caseId, (current, rulebook, now) => reply(current, "msg_answer", rulebook, now, BY));
    desk.moveTo(CLOSED);
    await desk.cases.change(caseId, (current, rulebook, now) =>
      changePriority(current, { to: "critical" }, rulebook, now, BY),
    );
    const effect = await notice(caseId, "on-call-page");
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });

  test("on-call is paged for a stranger's case that an agent found critical", async () => {
    const caseId = await desk.open({ senderVerified: false });
    desk.moveTo(CLOSED);
    await desk.cases.change(caseId, (current, rulebook, now) =>
      changePriority(current, { to: "critical" }, rulebook, now, BY),
    );
    const effect = await notice(caseId, "on-call-page");
    await sendMail(namedBy(effect), desk);
    expect(await stateOf(effect)).toMatchObject({ status: "done" });
  });

  test("on-call is not paged for a stranger", async () => {
    desk.moveTo(CLOSED);
    const caseId = await desk.open({
      channel: "email",
      subject: "Critical",
      senderVerified: false,
      requesterId: REQUESTER,
    });
    expect(await stateOf(await notice(caseId, "on-call-page"))).toMatchObject({ reason: "sender-not-verified" });
  });
});
