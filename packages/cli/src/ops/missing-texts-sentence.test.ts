import { expect, test } from "vitest";
import { missingTextsSentence } from "./missing-texts-sentence.ts";

test("an export without a text names its message", () => {
  const [first, ...others] = missingTextsSentence({ count: 1, named: ["msg_7f3a"] }).split("\n");
  expect(first).toBe("The export is whole but for the text of one message, not to be found in the content bucket:");
  expect(others[0]).toBe("  msg_7f3a");
});

test("of more than are named it says how many there are", () => {
  const sentence = missingTextsSentence({ count: 7, named: ["msg_1", "msg_2"] });
  expect(sentence).toContain("the texts of 7 messages");
  expect(sentence).toContain("  msg_2\n  and 5 more\n");
});
