import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memberGivenTwice } from "./member-given-twice.ts";

describe("when an object of a text gives a member twice", () => {
  test.each([
    ['{"text":"a","text":"b"}', ["text"]],
    ['{"text":"a","text":"a"}', ["text"]],
    ['{"a":{"b":1 , "c":[{"x":1},{"x":1,"y":{},"x":2}]}}', ["a", "c", 1, "x"]],
    ['{"te\\u0078t":1,"text":2}', ["text"]],
    ['{"__proto__":1,"__proto__":2}', ["__proto__"]],
    ['{"":1,"":2}', [""]],
    ['{"a\\\\":1,"a\\\\"\n:\t2}', ["a\\"]],
    ['{"a":"\\"","a":1}', ["a"]],
  ])("%s, its path is told", (json, path) => {
    expect(memberGivenTwice(json)).toEqual(path);
  });

  test("wherever it is, its path is told", () => {
    const within = fc.record({ path: fc.array(fc.oneof(fc.string(), fc.nat(3)), { maxLength: 5 }), name: fc.string() });
    fc.assert(
      fc.property(within, fc.json(), fc.json(), ({ path, name }, one, other) => {
        const member = JSON.stringify(name);
        const twice = `{${member}:${one},${member}:${other}}`;
        const json = path.reduceRight<string>(
          (inner, step) =>
            typeof step === "number" ? `[${"0,".repeat(step)}${inner}]` : `{${JSON.stringify(step)}: ${inner}}`,
          twice,
        );
        // Whatever stands in the first of the two is looked at before it is known that there is another.
        expect(memberGivenTwice(json)).toEqual([...path, name]);
      }),
    );
  });
});

describe("when each member is given once", () => {
  test.each([
    "{}",
    '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}',
    '{"a":"{\\"b\\":1,\\"b\\":2}"}',
    '{"a":["b","b"],"b":"a"}',
    '"a"',
    "[]",
  ])("%s is taken", (json) => {
    expect(memberGivenTwice(json)).toBeUndefined();
  });

  test("so is every text that was made of a value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(2), (value, spaces) => {
        expect(memberGivenTwice(JSON.stringify(value, null, spaces))).toBeUndefined();
      }),
    );
  });
});
