import { RemovalPolicy } from "aws-cdk-lib";
import type { Settings } from "./settings.ts";

/** What becomes of stateful things when their stack goes: kept on AWS, dropped on the local cloud. */
export function removalPolicy(settings: Settings): RemovalPolicy {
  return settings.local ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
