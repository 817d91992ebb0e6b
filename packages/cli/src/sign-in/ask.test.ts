import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { ask } from "./ask.ts";

/** A terminal that notes in which order it is told to stop echoing and shown what. */
function terminal() {
  const noted: string[] = [];
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (raw: boolean) => noted.push(raw ? "(echo off)" : "(echo on)"),
  });
  const output = new PassThrough();
  output.on("data", (chunk: Buffer) => noted.push(String(chunk)));
  return { noted, input, output };
}

describe("when a person is asked for a secret", () => {
  test("the terminal does not echo from before the question on, and nothing that they type is shown", async () => {
    const { noted, input, output } = terminal();
    const answer = ask("Password: ", true, { input, output });
    input.write("swordfish\r");
    expect(await answer).toBe("swordfish");
    expect(noted).toEqual(["(echo off)", "Password: ", "(echo on)", "\n"]);
  });
});

describe("when a person is asked for anything else", () => {
  test("they see what they type", async () => {
    const { noted, input, output } = terminal();
    const answer = ask("Username: ", false, { input, output });
    input.write("ana\r");
    expect(await answer).toBe("ana");
    expect(noted.join("")).toContain("Username: ");
    expect(noted.join("").replaceAll(/[^a-z]/g, "")).toContain("ana");
  });
});
