import { createClient } from "@ithaca/client";
import { awaitMail, createSignIn, mailTo } from "@ithaca/local";
import { describe, expect, inject, test } from "vitest";

const desk = inject("desk");
const signIn = createSignIn({ ...desk, ...desk.stack });

const CUSTOMER = "cleo@lakeside.example";
const WAIT_SECONDS = 45;

describe("when a customer writes through the portal", () => {
  test("the answer has number, priority, team and promise, and one acknowledgement with the number is in the inbox", async () => {
    const token = await signIn.user(CUSTOMER);
    const customer = createClient({ baseUrl: desk.apiUrl, token: async () => token });
    const message = {
      channel: "portal",
      channelMessageId: "acknowledged-1",
      subject: "Where is the report?",
      text: "Help.",
    };

    const receipt = await customer.sendMessage(message);
    expect(receipt).toMatchObject({ joined: false, priority: "medium", team: "main", dueAt: expect.any(String) });

    const isAbout = ({ subject }: { subject: string }): boolean =>
      subject.replaceAll(/\D/g, "").includes(receipt.number);
    const mail = await awaitMail(desk.inboxUrl, CUSTOMER, isAbout, WAIT_SECONDS);
    expect(mail.headers["auto-submitted"]).toBe("auto-replied");
    expect((await mailTo(desk.inboxUrl, CUSTOMER)).filter(isAbout)).toHaveLength(1);
  });
});
