import { pages, routes } from "@ithaca/contracts";
import { Code } from "aws-cdk-lib/aws-lambda";
import { bundleFunctions } from "./bundle.ts";
import type { DeskParts } from "./desk-stack.ts";
import { manifests } from "./manifests.ts";

/** The functions as they are on disk, bundled. */
export async function shippedParts(): Promise<DeskParts> {
  const bundles = await bundleFunctions();
  return {
    manifests,
    routes,
    pages,
    codeOf: ({ name }) => {
      const folder = bundles.get(name);
      if (folder === undefined) throw new Error(`there is no handler for the manifest ${name}`);
      return Code.fromAsset(folder);
    },
  };
}
