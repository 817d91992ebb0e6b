import { instantOf } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bareAddress, composeMail, type Outgoing } from "./compose-mail.ts";

const plain: Outgoing = {
  from: "Penelope support <support@desk.example>",
  to: "cleo@lakeside.example",
  subject: "[#100 000 016] We have your message",
  text: "Hello,\n\nwe have your message.\n",
  voice: "auto-replied",
  effectId: "case_100000016.1.0",
  at: instantOf("2026-06-10T14:00:00.123Z"),
};

async function composed(
  change: Partial<Outgoing> = {},
): Promise<{ headers: Map<string, string>; body: string; bytes: Uint8Array }> {
  const bytes = await composeMail({ ...plain, ...change });
  const [head = "", ...rest] = Buffer.from(bytes).toString("latin1").split("\r\n\r\n");
  const lines = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  return { headers, body: rest.join("\r\n\r\n"), bytes };
}

describe("a composed mail", () => {
  test("goes from the desk to one address, dated by the clock that it was given", async () => {
    const { headers, body } = await composed();
    expect(headers.get("from")).toBe("Penelope support <support@desk.example>");
    expect(headers.get("to")).toBe("cleo@lakeside.example");
    expect(headers.get("subject")).toBe("[#100 000 016] We have your message");
    expect(headers.get("date")).toBe("Wed, 10 Jun 2026 14:00:00 +0000");
    expect(headers.get("message-id")).toBe("<case_100000016.1.0@desk.example>");
    expect(body).toContain("we have your message.");
  });

  test.each([
    ["an acknowledgement", "auto-replied", "auto-replied", "All"],
    ["a notice", "auto-generated", "auto-generated", "All"],
    ["an agent's reply", "person", undefined, "OOF, AutoReply"],
  ] as const)("%s tells machines whether to answer", async (_situation, voice, submitted, suppress) => {
    const { headers } = await composed({ voice });
    expect(headers.get("auto-submitted")).toBe(submitted);
    expect(headers.get("x-auto-response-suppress")).toBe(suppress);
    expect(headers.get("x-ithaca-loop")).toBe("case_100000016.1.0");
  });

  test("holds to the thread of the mail that it answers", async () => {
    const { headers } = await composed({ inReplyTo: "<abc@lakeside.example>" });
    expect([headers.get("in-reply-to"), headers.get("references")]).toEqual([
      "<abc@lakeside.example>",
      "<abc@lakeside.example>",
    ]);
  });

  test.each(["abc", "<a b@c>", "<a@b>\r\nBcc: victim@example.com", `<${"a".repeat(300)}@b>`])(
    "takes no Message-ID that is none: %j",
    async (inReplyTo) => {
      const { headers } = await composed({ inReplyTo });
      expect([headers.has("in-reply-to"), headers.has("bcc")]).toEqual([false, false]);
    },
  );

  test("is 7-bit in short lines, whatever is written in it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", minLength: 1, maxLength: 2_000 }),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 250 }),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
        async (text, subject, name) => {
          const from = `"${name.replaceAll(/[^\p{L}\p{N} ]/gu, "")}" <support@desk.example>`;
          const { bytes } = await composed({ text, subject: subject.replaceAll(/\p{Cc}/gu, ""), from });
          expect(bytes.every((byte) => byte <= 127)).toBe(true);
          expect(Buffer.from(bytes).toString("latin1")).not.toMatch(/[^\r]\n|\r(?!\n)/);
          const longest = Math.max(
            ...Buffer.from(bytes)
              .toString("latin1")
              .split("\r\n")
              .map((line) => line.length),
          );
          expect(longest).toBeLessThanOrEqual(998);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("a long line of ASCII is cut, not sent as it is", async () => {
    const { bytes } = await composed({ text: "a".repeat(50_000) });
    const lines = Buffer.from(bytes).toString("latin1").split("\r\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998);
  });
});

describe("the address of a From", () => {
  test.each([
    ["support@desk.example", "support@desk.example"],
    ["Support <Support@Desk.example>", "support@desk.example"],
    ['"Desk, Support" <support@desk.example> ', "support@desk.example"],
  ])("%s", (from, expected) => {
    expect(bareAddress(from)).toBe(expected);
  });
});
