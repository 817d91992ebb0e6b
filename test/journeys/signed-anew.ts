import { createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeskUnderTest } from "./start-desk.ts";

/**
 * A token of the desk's own user pool with other claims, signed by the key that the local cloud keeps for the pool: what no
 * sign-in gives, such as a token that has expired or is for somebody else's program.
 */
export function signedAnew({ environment, stack }: DeskUnderTest, token: string, different: object): string {
  const [head = "", body = ""] = token.split(".");
  const claims = { ...JSON.parse(Buffer.from(body, "base64url").toString("utf8")), ...different };
  const signed = `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  const file = join(environment.TMPDIR ?? "", "state", "cognito-pool-keys", `${stack.userPoolId}-access.pem`);
  const signature = sign("RSA-SHA256", Buffer.from(signed), createPrivateKey(readFileSync(file)));
  return `${signed}.${signature.toString("base64url")}`;
}
