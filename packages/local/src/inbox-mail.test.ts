import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { LOOPBACK } from "./free-port.ts";
import { awaitMail, mailTo } from "./inbox-mail.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** An inbox that answers with each of these in turn, and with the last for ever. */
async function inboxWith(...answers: object[][]): Promise<string> {
  const listening = createServer((_, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    response.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  });
  server = listening;
  await new Promise<void>((resolve) => {
    listening.listen(0, LOOPBACK, resolve);
  });
  const address = listening.address();
  return `http://${LOOPBACK}:${typeof address === "object" && address ? address.port : 0}`;
}

const toCleo = {
  subject: "We have your message",
  to: [{ address: "Cleo@lakeside.example", name: "Cleo" }],
  text: "Hello",
};
const toHugo = { subject: "Re: help", to: [], envelope: { to: [{ address: "hugo@harbour.example" }] } };

describe("mail to an address", () => {
  test("is found by header or envelope, in small or capital letters", async () => {
    const url = await inboxWith([toCleo, toHugo]);
    expect((await mailTo(url, "cleo@lakeside.example")).map(({ subject }) => subject)).toEqual([
      "We have your message",
    ]);
    expect(await mailTo(url, "hugo@harbour.example")).toHaveLength(1);
    expect(await mailTo(url, "nobody@harbour.example")).toEqual([]);
  });

  test("that is still to come is waited for", async () => {
    const url = await inboxWith([], [toHugo], [toHugo, toCleo]);
    const mail = await awaitMail(url, "cleo@lakeside.example", ({ text }) => text === "Hello", 10);
    expect(mail.subject).toBe("We have your message");
  });

  test("that does not come is told by the address", async () => {
    const url = await inboxWith([]);
    await expect(awaitMail(url, "cleo@lakeside.example", () => true, 0.1)).rejects.toThrow("cleo@lakeside.example");
  });
});
