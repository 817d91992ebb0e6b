import type { Principal } from "@ithaca/domain";
import type { Directory } from "@ithaca/store";
import * as z from "zod/mini";

/** What a channel's machine must have been granted to bring messages in. */
const MESSAGE_SCOPE = "ithaca/messages.write";

const claim = z.string().check(z.minLength(1), z.maxLength(2_000));

/** The claims of an access token; API Gateway has checked signature, issuer, audience and expiry (threats.md, 14). */
const AccessClaims = z.object({
  token_use: z.literal("access"),
  sub: claim,
  client_id: claim,
  /** A user's tokens have one, a machine's have none. */
  username: z.optional(claim),
  scope: z.optional(claim),
});

/** Who is calling; undefined when the token is not an access token or belongs to nobody whom the desk knows. */
export async function callerOf(
  claims: unknown,
  directory: Pick<Directory, "principalOfSubject">,
): Promise<Principal | undefined> {
  const read = z.safeParse(AccessClaims, claims);
  if (!read.success) return undefined;

  const { sub, client_id: clientId, username, scope } = read.data;
  const isMachine = username === undefined;
  const principal = await directory.principalOfSubject(isMachine ? clientId : sub);
  // A machine can be nothing but a channel, and nothing but a machine can be one, whatever a subject was bound to.
  if (principal === undefined || (principal.kind === "channel") !== isMachine) return undefined;
  return !isMachine || (scope ?? "").split(" ").includes(MESSAGE_SCOPE) ? principal : undefined;
}
