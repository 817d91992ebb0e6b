import { spokenNumber } from "@ithaca/domain";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MIA } from "./callers.ts";
import { eventually, REACTION_SECONDS } from "./eventually.ts";
import { createInbox } from "./inbox.ts";
import { type Ithaca, signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";
import { PROMISED_SECONDS } from "./test-rules.ts";
import { caseWith, factsOf } from "./timeline.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const customer = callers.user(CLEO);
const agent = callers.user(ANA);
let ithaca: Ithaca;

const SECOND_MS = 1_000;
/** Each command is a process, which takes its time on a busy machine. */
const TYPING = { timeout: 120 * SECOND_MS };
/** How long a case waits for an instant: longer than the command takes that says so. */
const WAIT_MS = 20 * SECOND_MS;
/** A mail that came from where it says. */
const PASSED = { authentication: { spf: "pass", dkim: "pass", dmarc: "pass" } } as const;

beforeAll(async () => {
  await applyRules(desk, { main: "open", au: "open" });
  ithaca = await signedInCommand(desk, ANA);
});

/** Whether a case is in main's view of what is open, on whichever page. */
async function isOpen(number: string): Promise<boolean> {
  for (let cursor: string | undefined; ; ) {
    const page = await agent.cases.list({
      view: "open",
      team: "main",
      limit: 100,
      ...(cursor !== undefined && { cursor }),
    });
    if (page.items.some((one) => one.number === number)) return true;
    cursor = page.cursor;
    if (cursor === undefined) return false;
  }
}

async function opened(said: Parameters<typeof message>[0] = {}): Promise<string> {
  return (await customer.sendMessage(message(said))).number;
}

describe("when an agent works a case from a terminal", TYPING, () => {
  test("views, counts and the live line show what becomes of it", async () => {
    const before = await agent.cases.counts();
    const { cursor } = await agent.cases.changes();
    const number = await opened({ subject: "Empty invoice" });
    await eventually("the case in the view unassigned", async () =>
      (await ithaca.run("case", "list", "--view", "unassigned", "--all")).includes(number) ? true : undefined,
    );

    expect(await ithaca.run("case", "take", number)).toContain("taken");
    expect(await ithaca.run("case", "wait", number, "--for", "customer")).toContain("waiting-on-customer");
    const after = await agent.cases.counts();
    expect(after.mine.waiting).toBe(before.mine.waiting + 1);
    await eventually("the case in the view mine", async () =>
      (await ithaca.run("case", "list", "--view", "mine", "--all")).includes(number) ? true : undefined,
    );
    const changed = await eventually("the change in the feed", async () => {
      const { items } = await agent.cases.changes({ after: cursor });
      return items.find((one) => one.number === number && one.status === "waiting-on-customer");
    });
    expect(changed).toMatchObject({ assigneeId: "prin_ana" });
    expect(await ithaca.run("watch", "--rounds", "1")).toBe("");

    await customer.sendMessage(message({ caseNumber: number, text: "Here is the invoice." }));
    expect((await agent.cases.read(number)).status).toBe("open");
  });

  test("it is described, handed over, marked, resolved and opened again", async () => {
    const number = await opened();
    await ithaca.run("case", "tag", number, "--add", "printers", "month end");
    await ithaca.run("case", "collaborators", number, "prin_ana");
    await ithaca.run("case", "add-participant", number, "hugo@harbour.example", "--part", "follower", "--sees-case");
    await ithaca.run("case", "team", number, "au", "--reason", "They are in Sydney.");
    const view = await ithaca.run("case", "view", number);
    for (const shown of ["printers, month end", "gave it to team au", "They are in Sydney.", "takes part"]) {
      expect(view).toContain(shown);
    }
    expect((await callers.user("hugo@harbour.example").cases.read(number)).number).toBe(number);

    await ithaca.run("case", "resolve", number, "-m", "This is fixed.");
    expect(await ithaca.run("case", "reopen", number)).toContain("open");
  });

  test("what the desk wants to know of it is filled in, by the kinds of its fields, and shown", async () => {
    const number = await opened();
    await ithaca.run("case", "field", number, "shop=North 7", "seats=12", "vip=true", "plan=Large");
    const view = await ithaca.run("case", "view", number);
    for (const [code, shown] of Object.entries({ shop: "North 7", seats: "12", vip: "true", plan: "Large" })) {
      expect(view).toMatch(new RegExp(`^${code} +${shown}$`, "m"));
    }
    expect((await agent.cases.read(number)).fields).toEqual({ shop: "North 7", seats: 12, vip: true, plan: "Large" });

    const wrong = await ithaca.tryTo("case", "field", number, "plan=Huge", "seats=many");
    expect([wrong.exitCode, wrong.errors]).toEqual([
      1,
      expect.stringContaining("fields.seats must be a number; fields.plan must be one of: Small, Large"),
    ]);
    await ithaca.run("case", "field", number, "shop=", "vip=false");
    expect((await agent.cases.read(number)).fields).toEqual({ seats: 12, vip: false, plan: "Large" });
  });

  test("marked as spam it is out of the views and owes nothing, until the mark is taken off; a test goes on", async () => {
    const [spam, trial] = [await opened(), await opened()];
    await eventually("both cases in the view open", async () =>
      (await isOpen(spam)) && (await isOpen(trial)) ? true : undefined,
    );
    await ithaca.run("case", "mark", spam, "--as", "spam");
    await ithaca.run("case", "mark", trial, "--as", "test");

    const ended = await agent.cases.read(spam);
    expect(ended).toMatchObject({ status: "closed", marks: ["spam"], clocks: [{ state: "cancelled" }] });
    expect(factsOf(ended, "ClockCancelled")).toMatchObject([{ metric: "first-response", reason: "spam" }]);
    await eventually("the view open without the spam", async () => ((await isOpen(spam)) ? undefined : true));
    expect(await isOpen(trial)).toBe(true);
    expect(await agent.cases.read(trial)).toMatchObject({ marks: ["test"], clocks: [{ state: "running" }] });

    await ithaca.run("case", "mark", spam, "--as", "spam", "--off");
    expect(await agent.cases.read(spam)).toMatchObject({ status: "open", marks: [], clocks: [{ state: "running" }] });
    await eventually("the case in the view open again", async () => ((await isOpen(spam)) ? true : undefined));
  });

  test("a call that connected answers it, and the customer does not see what was noted of it", async () => {
    const number = await opened();
    expect(await ithaca.run("case", "note", number, "--call", "-m", "Talked her through it.")).toContain("call noted");
    const spoken = await agent.cases.read(number);
    expect(factsOf(spoken, "CallConnected")).toHaveLength(1);
    expect(factsOf(spoken, "ClockStopped")).toMatchObject([{ metric: "first-response", outcome: "met" }]);
    const seen = await customer.cases.read(number);
    expect(seen.messages.map(({ text }) => text)).not.toContain("Talked her through it.");
  });

  test("it is in a status of the desk's own, in the category that the policy gives that, and is resolved by another", async () => {
    const number = await opened();
    const unknown = await ithaca.tryTo("case", "status", number, "on-the-moon");
    expect([unknown.exitCode, unknown.errors]).toEqual([1, expect.stringContaining("is no status of this desk")]);
    expect(await ithaca.run("case", "status", number, "with-vendor")).toContain("with-vendor");
    expect(await agent.cases.read(number)).toMatchObject({ status: "waiting-on-fix", ownStatus: "with-vendor" });
    expect(await ithaca.run("case", "view", number)).toMatch(/^\s*with-vendor · /m);

    await ithaca.run("case", "resolve", number, "-m", "It was unplugged.", "--status", "no-fault-found");
    expect(await agent.cases.read(number)).toMatchObject({ status: "resolved", ownStatus: "no-fault-found" });
    await customer.sendMessage(message({ caseNumber: number, text: "It is plugged in!" }));
    const again = await agent.cases.read(number);
    expect([again.status, again.ownStatus]).toEqual(["open", undefined]);
  });

  test("it waits until an instant, and goes on by itself when that has come", async () => {
    const number = await opened();
    // The command itself takes seconds on a busy machine.
    const until = new Date(Date.now() + WAIT_MS).toISOString();
    expect(await ithaca.run("case", "wait", number, "--until", until)).toContain("waiting-until");
    expect(await agent.cases.read(number)).toMatchObject({ status: "waiting-until", waitsUntil: until });

    const awake = await eventually(
      "the end of the wait",
      async () => {
        const seen = await agent.cases.read(number);
        return seen.status === "open" ? seen : undefined;
      },
      WAIT_MS / SECOND_MS + REACTION_SECONDS,
    );
    expect(awake.waitsUntil).toBeUndefined();
    const [waited, woken] = factsOf(awake, "StatusChanged");
    expect([waited?.by.id, woken?.by]).toEqual(["prin_ana", { kind: "system", id: "wake-case" }]);
    expect(Date.parse(String(woken?.at))).toBeGreaterThanOrEqual(Date.parse(until));
  });

  test("a broken promise is excused by a lead, and by nobody else", async () => {
    const number = await opened({ requestedPriority: "high" });
    await caseWith(agent, number, "ClockBreached", PROMISED_SECONDS.high + REACTION_SECONDS);
    const excuse = ["case", "waive", number, "--reason", "Their own line was cut."] as const;
    expect((await ithaca.tryTo(...excuse)).exitCode).toBe(4);

    const lead = await signedInCommand(desk, "lena@desk.example");
    expect(await lead.run(...excuse)).toContain("excused");
    const seen = await agent.cases.read(number);
    expect(seen.clocks).toMatchObject([{ metric: "first-response", state: "breached", waived: true }]);
    expect(await ithaca.run("case", "view", number)).toContain(
      "Lena Fischer excused the breach of first-response 1: Their own line was cut.",
    );
  });

  test("it is given to a colleague, and somebody who takes part does so no more", async () => {
    const number = await opened();
    expect(await ithaca.run("case", "assign", number, "prin_mia")).toContain("given to prin_mia");
    expect((await agent.cases.read(number)).assignee).toEqual({ id: "prin_mia", name: "Mia Walker" });
    expect(await ithaca.run("case", "view", number)).toContain("assigned to Mia Walker");
    expect(await ithaca.run("case", "counts")).toContain("main");

    await ithaca.run("case", "add-participant", number, "hugo@harbour.example");
    const hugo = (await agent.cases.read(number)).participants.find(({ part }) => part === "copied");
    await ithaca.run("case", "remove-participant", number, String(hugo?.personId));
    expect((await agent.cases.read(number)).participants).toHaveLength(1);
    expect(JSON.parse(await ithaca.run("api", "GET", `/v1/cases/${number}`))).toMatchObject({ number });
  });

  test("a reply that reaches somebody by no address is on the list of its agent, until they have seen to it", async () => {
    const number = await opened();
    const personId = `person_unreached-${number}`;
    await callers.user("lena@desk.example").directory.putPerson(personId, { name: "Una", addresses: [] });
    await ithaca.run("case", "add-participant", number, personId);
    await ithaca.run("case", "reply", number, "-m", "Please install 7.2.");
    const isListed = async () => (await ithaca.run("task", "list", "--all")).includes(number);
    await eventually("the task on the list", async () => ((await isListed()) ? true : undefined));

    const [task, ...more] = (await agent.tasks.list({ limit: 100 })).items.filter((one) => one.number === number);
    expect([task?.personId, task?.reason, more]).toEqual([personId, "no-address", []]);
    expect(await ithaca.run("task", "done", String(task?.id))).toContain("task done");
    await eventually("the list without the task", async () => ((await isListed()) ? undefined : true));
    expect(factsOf(await agent.cases.read(number), "ReplyWritten")).toHaveLength(1);
  });

  test("who signs out is asked to sign in", async () => {
    const leaving = await signedInCommand(desk, ANA);
    expect(await leaving.run("completion", "zsh")).toContain("ithaca");
    await leaving.run("logout");
    expect((await leaving.tryTo("whoami")).exitCode).toBe(3);
  });

  test("who answers second reads the first answer before theirs is sent", async () => {
    const number = await opened();
    await ithaca.run("case", "view", number);
    const { version } = await agent.cases.read(number);
    await callers.user(MIA).cases.reply(number, { text: "I have it already." }, { ifVersion: version });

    const { exitCode, errors } = await ithaca.tryTo("case", "reply", number, "-m", "I will look into it.");
    expect([exitCode, errors]).toEqual([5, expect.stringContaining("answered: I have it already.")]);
    const replies = (await agent.cases.read(number)).messages.filter(({ direction }) => direction === "outbound");
    expect(replies).toHaveLength(1);
  });
});

describe("when cases are one question, or one case is two", TYPING, () => {
  test("they are merged, the old number leads on, and the merge is taken back", async () => {
    const [number, other] = [await opened({ text: "It is empty." }), await opened({ text: "Still empty." })];
    await ithaca.run("case", "merge", number, other);
    expect(await ithaca.run("case", "view", other)).toContain("Still empty.");
    const { number: joined } = await customer.sendMessage(message({ caseNumber: other, text: "And today." }));
    expect(joined).toBe(number);
    const mailed = await callers.channel("email").sendMessage(
      message({
        channel: "email",
        from: { address: CLEO },
        evidence: PASSED,
        caseNumber: other,
        text: "By mail too.",
      }),
    );
    expect(mailed).toMatchObject({ number, joined: true });

    await ithaca.run("case", "unmerge", number, other);
    expect((await agent.cases.read(other)).messages.map(({ text }) => text)).toEqual(["Still empty."]);
    expect((await agent.cases.read(number)).messages.map(({ text }) => text)).toEqual([
      "It is empty.",
      "And today.",
      "By mail too.",
    ]);
  });

  test("a message is split off and merged back; a link comes and goes", async () => {
    const number = await opened();
    const { messageId } = await customer.sendMessage(message({ caseNumber: number, text: "By the way: toner?" }));
    const split = await ithaca.run("case", "split", number, messageId, "--json");
    const { opened: toner } = JSON.parse(split);
    expect((await agent.cases.read(toner)).messages.map(({ text }) => text)).toEqual(["By the way: toner?"]);

    await ithaca.run("case", "link", number, toner, "--as", "parent");
    await ithaca.run("case", "unlink", number, toner, "--as", "parent");
    await ithaca.run("case", "merge", number, toner);
    expect((await agent.cases.read(toner)).number).toBe(number);
  });
});

describe("when the customer is to know that cases were combined", TYPING, () => {
  const inbox = createInbox(desk.inboxUrl);

  test("a merge tells them the number that goes on, and a split the number that is new, by one mail each", async () => {
    const [number, other] = [await opened(), await opened()];
    await ithaca.run("case", "merge", number, other, "--notify");
    const goesOn = { to: CLEO, subject: new RegExp(`Your case ${spokenNumber(other)} goes on`) };
    const mail = await inbox.mail(number, goesOn);
    expect(mail.text).toContain(`The number ${spokenNumber(other)} leads there too.`);

    const { messageId } = await customer.sendMessage(message({ caseNumber: number, text: "By the way: toner?" }));
    const split = await ithaca.run("case", "split", number, messageId, "--notify", "--json");
    const { opened: toner } = JSON.parse(split);
    await inbox.mail(toner, { to: CLEO, subject: /is case [\d ]+ now$/ });

    await ithaca.run("case", "unmerge", number, other);
    await ithaca.run("case", "merge", number, toner);
    const told = (await inbox.about(number)).filter(({ subject }) => goesOn.subject.test(subject));
    expect(told).toHaveLength(1);
    expect(await inbox.about(toner)).toHaveLength(1);
    expect(await ithaca.run("case", "view", other)).toContain("the customer is told");
  });
});

describe("when somebody wants to write a program for the desk", () => {
  test("the desk serves its API as a page and as a document, without a sign-in", async () => {
    const page = await fetch(`${desk.apiUrl}/api`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await page.text()).toContain("/v1/cases/{number}/merges/{other}");
    const document = await fetch(`${desk.apiUrl}/openapi.json`);
    expect(await document.json()).toMatchObject({ openapi: "3.1.0" });
  });
});
