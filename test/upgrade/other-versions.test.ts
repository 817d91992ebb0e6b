import { describe, expect, test } from "vitest";
import { otherVersions } from "./other-versions.ts";

const TODAY = {
  "": {},
  "packages/store": { version: "0.1.0" },
  "node_modules/@ithaca/store": { link: true },
  "node_modules/zod": { version: "4.6.7" },
  "node_modules/aws-cdk-lib": { version: "2.275.0" },
  "node_modules/aws-cdk-lib/node_modules/semver": { version: "7.7.2" },
  "node_modules/fsevents": { version: "2.3.3", optional: true },
};

describe("whether an earlier commit can do with what is installed", () => {
  test("it can with the same versions, whatever came since and whatever its own packages are", () => {
    const { "node_modules/zod": zod, "node_modules/fsevents": _, ...rest } = TODAY;
    expect(otherVersions({ ...rest, "node_modules/zod": zod, "packages/store": { version: "0.0.9" } }, TODAY)).toEqual(
      [],
    );
    expect(otherVersions({ ...TODAY, "node_modules/fsevents": { version: "2.0.0", optional: true } }, TODAY)).toEqual(
      [],
    );
  });

  test.each([
    ["another version", "node_modules/aws-cdk-lib", "aws-cdk-lib 2.270.0", "2.270.0"],
    ["a package that is gone", "node_modules/left", "left 1.0.0", "1.0.0"],
    ["another version deep inside", "node_modules/aws-cdk-lib/node_modules/semver", "semver 6.0.0", "6.0.0"],
  ])("it cannot with %s, which is named", (_what, place, named, version) => {
    expect(otherVersions({ ...TODAY, [place]: { version } }, TODAY)).toEqual([named]);
  });
});
