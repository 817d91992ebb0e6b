import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { duration, openTime } from "./duration.ts";
import { withJsonValue } from "./json.ts";
import { momentsIn } from "./moment.ts";
import { printable, printableLine } from "./printable.ts";
import { writeTable } from "./table.ts";

describe("a duration", () => {
  test.each([
    [0, "0 s"],
    [999, "0 s"],
    [45 * SECOND_MS, "45 s"],
    [3 * HOUR_MS + 20 * MINUTE_MS + 5 * SECOND_MS, "3 h 20 m"],
    [2 * DAY_MS + 4 * HOUR_MS, "2 d 4 h"],
    [DAY_MS + 5 * MINUTE_MS, "1 d"],
    [-90 * MINUTE_MS, "1 h 30 m"],
  ])("of %i ms is %s", (ms, text) => expect(duration(ms)).toBe(text));

  test("of open time is told in hours, to the millisecond", () => {
    expect(openTime(26 * MINUTE_MS + 4_353)).toBe("26 m 4.353 s");
    expect(openTime(26 * HOUR_MS + 10 * MINUTE_MS + 5 * SECOND_MS)).toBe("26 h 10 m 5 s");
    expect(openTime(0)).toBe("0 s");
  });
});

describe("a moment", () => {
  test("is shown on the wall of its zone", () => {
    const iso = "2026-03-02T23:04:07.123Z";
    expect(momentsIn("America/New_York").dateAndTime(iso)).toBe("Mon 2 Mar 2026 18:04");
    expect(momentsIn("Australia/Sydney").dateAndTime(iso)).toBe("Tue 3 Mar 2026 10:04");
    expect(momentsIn("Australia/Sydney").time(iso)).toBe("10:04:07");
  });

  test("at midnight is the day that begins", () => {
    expect(momentsIn("UTC").dateAndTime("2026-03-02T00:00:00Z")).toBe("Mon 2 Mar 2026 00:00");
  });
});

describe("what others wrote", () => {
  test.each([
    ["\u001b[2J\u001b]0;owned\u0007text", "[2J]0;ownedtext"],
    ["a\u009b31mb", "a31mb"],
    ["price\u202egnp.exe", "pricegnp.exe"],
    ["line\r\nnext\rover", "line\nnextover"],
    ["tab\tstays, ümlaut and 👩‍💻 too", "tab\tstays, ümlaut and 👩‍💻 too"],
  ])("%o cannot command the terminal", (written, shown) => expect(printable(written)).toBe(shown));

  test("never keeps a control character, whatever it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/[^\P{Cc}\n\t]/u.test(printable(text))));
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !/\p{Cc}/u.test(printableLine(text))));
  });
});

describe("a table", () => {
  const rows = [
    { number: "148203917", subject: "Empty\tinvoice" },
    { number: "1", subject: "x".repeat(50) },
  ];
  const written = (isTerminal: boolean) => {
    let text = "";
    const out = {
      write: (some: string) => {
        text += some;
      },
      isTerminal,
      columns: 30,
    };
    const columns = [
      { head: "NUMBER", cell: (row: (typeof rows)[number]) => row.number },
      {
        head: "SUBJECT",
        cell: (row: (typeof rows)[number]) => row.subject,
        raw: (row: (typeof rows)[number]) => row.subject,
      },
    ];
    writeTable(out, columns, rows);
    return text;
  };

  test("on a terminal has a head, columns, and no line that is too long", () => {
    expect(written(true)).toBe(`NUMBER     SUBJECT\n148203917  Empty invoice\n1          ${"x".repeat(18)}…\n`);
  });

  test("in a pipe has a line for each row, with one tab between two cells", () => {
    expect(written(false)).toBe(`148203917\tEmpty invoice\n1\t${"x".repeat(50)}\n`);
  });
});

describe("--json", () => {
  test.each([
    [
      ["case", "view", "--json", "1"],
      ["case", "view", "--json=*", "1"],
    ],
    [
      ["--json=a,b", "whoami"],
      ["--json=a,b", "whoami"],
    ],
    [
      ["case", "note", "1", "--", "--json"],
      ["case", "note", "1", "--", "--json"],
    ],
  ])("%o takes no word that is not its own", (args, expected) => expect(withJsonValue(args)).toEqual(expected));
});
