import { describe, expect, test } from "vitest";
import { BODY_MAX_BYTES, readBody } from "./read-body.ts";

function base64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString("base64");
}

describe("when the body of a request is read", () => {
  test.each([
    ["an object", '{"a":1}', false],
    ["an object that API Gateway took for binary", base64('{"a":1}'), true],
  ])("%s is JSON", (_, body, isBase64Encoded) => {
    expect(readBody(body, isBase64Encoded)).toEqual({ json: { a: 1 } });
  });

  test.each([undefined, ""])("none (%j) is an empty object", (body) => {
    expect(readBody(body, false)).toEqual({ json: {} });
  });

  test.each([
    ["what is not UTF-8", base64(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])), true],
    ["half an object", '{"a":', false],
    ["a list", "[1]", false],
    ["null", "null", false],
  ])("%s is refused", (_, body, isBase64Encoded) => {
    expect(readBody(body, isBase64Encoded)).toMatchObject({
      problem: { status: 400, type: "urn:ithaca:problem:invalid-json" },
    });
  });

  test("its size is counted in bytes: the limit itself is taken, one more is not", () => {
    const filler = (bytes: number) => `{"a":"${"é".repeat((bytes - 8) / 2)}"}`;
    expect(readBody(filler(BODY_MAX_BYTES), false)).toHaveProperty("json");
    expect(readBody(filler(BODY_MAX_BYTES + 2), false)).toMatchObject({ problem: { status: 413 } });
  });
});

test("a member that is given twice is named", () => {
  expect(readBody('{"from":{"address":"jo@example.com","address":"al@example.com"}}', false)).toMatchObject({
    problem: { status: 400, errors: [{ path: "from.address", message: "is given twice" }] },
  });
});
