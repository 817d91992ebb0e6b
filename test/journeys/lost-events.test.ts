import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { createInbox, isTo } from "./inbox.ts";
import { message } from "./messages.ts";
import { rulesOfEvents } from "./rules-of-bus.ts";
import { settledCase } from "./timeline.ts";

const desk = inject("desk");
const inbox = createInbox(desk.inboxUrl);
const callers = createCallers(desk);
const { bus } = openCloud(desk);

/** The reconciler comes each minute, and takes what is owed for longer than its grace, 20 s on the local cloud. */
const HEALED_SECONDS = 20 + 60 + 20;

/** By then the publisher has put the events of a message on the bus, where nobody took them. */
const LOST_AFTER_MS = 5_000;

beforeAll(() => applyRules(desk, { main: "open", au: "open" }));

describe("when the events of a message are lost", () => {
  test("the reconciler makes good what they were to set off, once", {
    timeout: (HEALED_SECONDS + 30) * 1_000,
  }, async () => {
    const agent = callers.user(ANA);
    const rules = rulesOfEvents(bus, desk, ["send-mail", "set-timer"]);
    await rules.off();
    const { number } = await callers.user(CLEO).sendMessage(message());
    await sleep(LOST_AFTER_MS);
    await rules.on();

    const lost = await agent.cases.read(number);
    expect((lost.effects ?? []).map(({ owed, status }) => [owed.kind, status])).toEqual([
      ["mail", "pending"],
      ["timer", "pending"],
    ]);
    const healed = await settledCase(agent, number, HEALED_SECONDS);
    expect(healed.effects?.map(({ status }) => status)).toEqual(["done", "done"]);
    expect(healed.version).toBe(lost.version);
    await inbox.mail(number, { to: CLEO, subject: /We have your message/ });
    expect((await inbox.about(number)).filter((mail) => isTo(mail, CLEO))).toHaveLength(1);
  });
});
