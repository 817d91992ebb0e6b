import { Address } from "@ithaca/domain";
import * as fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { type Line, openLine } from "./line.ts";

let written: { line: Record<string, unknown>; failed: boolean }[];
let line: Line;

beforeEach(() => {
  written = [];
  line = openLine("send-mail", (one, failed) => written.push({ line: one, failed }));
});

describe("when an invocation ends", () => {
  test("its one line says which function, how long, and what was noted", () => {
    line.begin({ requestId: "r-1" });
    line.note({ caseId: "case_1" });
    line.end();
    expect(written).toEqual([
      {
        failed: false,
        line: {
          function: "send-mail",
          coldStart: true,
          durationMs: expect.any(Number),
          requestId: "r-1",
          caseId: "case_1",
        },
      },
    ]);
  });

  test("the next begins empty, and is no cold start", () => {
    line.begin();
    line.note({ caseId: "case_1" });
    line.count("sent");
    line.fault(new Error("no"));
    line.end();
    line.begin({ requestId: "r-2" });
    line.end();
    expect(written[1]).toEqual({
      failed: false,
      line: { function: "send-mail", coldStart: false, durationMs: expect.any(Number), requestId: "r-2" },
    });
  });

  test("what was counted is a metric of the function, added up", () => {
    line.begin();
    line.count("found", 2);
    line.count("found");
    line.end();
    expect(written[0]?.line).toMatchObject({
      found: 3,
      _aws: {
        CloudWatchMetrics: [
          { Namespace: "Ithaca", Dimensions: [["function"]], Metrics: [{ Name: "found", Unit: "Count" }] },
        ],
      },
    });
  });

  test("of what was measured the highest value is a metric, in the unit that its name tells", () => {
    line.begin();
    line.measure("lateness-ms", 40);
    line.measure("lateness-ms", 25);
    line.measure("age-seconds", 3);
    line.end();
    expect(written[0]?.line).toMatchObject({
      "lateness-ms": 40,
      "age-seconds": 3,
      _aws: {
        CloudWatchMetrics: [
          {
            Metrics: [
              { Name: "lateness-ms", Unit: "Milliseconds" },
              { Name: "age-seconds", Unit: "Seconds" },
            ],
          },
        ],
      },
    });
  });

  test("faults make an error of it, with their causes, at most ten in full", () => {
    line.begin();
    for (let record = 0; record < 12; record += 1) {
      line.fault(new Error("lost", { cause: new TypeError("why") }), { record: `m-${record}` });
    }
    line.fault("a string");
    line.end();
    expect(written[0]?.failed).toBe(true);
    const faults = written[0]?.line.faults;
    expect(faults).toHaveLength(10);
    expect(faults).toContainEqual(
      expect.objectContaining({ record: "m-0", error: "Error", message: "lost", cause: "TypeError: why" }),
    );
  });
});

describe("when an error quotes somebody's address", () => {
  const SES_SAYS = "Email address is not verified. The following identities failed the check: ";

  /** What stands around an address in an error: nothing, a sentence, a display name, JSON, a URL, the next line. */
  const settings = fc.constantFrom<(address: string) => string>(
    (address) => address,
    (address) => `${SES_SAYS}${address}, desk@example.com.`,
    (address) => `Jo <${address}>`,
    (address) => JSON.stringify({ to: [address] }),
    (address) => `mailto:${address}?subject=x`,
    (address) => `GET /people?address=${encodeURIComponent(address)} failed`,
    (address) => `Key "A#${address}"\n${address}\tand again`,
  );
  const addresses = fc.emailAddress().filter((address) => Address.safeParse(address).success);

  test("no line tells it, wherever in the error it stands, and codes are told as they are", () => {
    fc.assert(
      fc.property(addresses, settings, (address, setting) => {
        line.begin({ requestId: "r-1" });
        line.note({ caseId: "case_100000009", rulebookError: setting(address) });
        line.fault(Object.assign(new Error(setting(address)), { name: "MessageRejected" }), { record: "m-1" });
        line.fault(new Error("lost", { cause: new Error(setting(address)) }));
        line.fault(setting(address));
        line.end();
        const told = written.at(-1);
        const text = JSON.stringify(told);
        expect(text).not.toContain(address);
        expect(text).not.toContain(encodeURIComponent(address));
        expect(told?.line).toMatchObject({ caseId: "case_100000009", requestId: "r-1" });
        expect(told?.line.faults).toMatchObject([{ error: "MessageRejected", record: "m-1" }, { message: "lost" }, {}]);
      }),
    );
  });

  test("the sentence around it stays", () => {
    line.begin();
    line.fault(new Error(`${SES_SAYS}cleo@customer.example`));
    line.end();
    expect(written[0]?.line.faults).toMatchObject([{ message: `${SES_SAYS}[address]` }]);
  });
});
