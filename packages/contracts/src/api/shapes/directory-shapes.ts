import { Account, Address, Agent, ChannelPrincipal, Person, PrincipalId } from "@ithaca/domain";
import * as z from "zod/mini";

/** The id by which an access token knows its holder: a user's `sub`, a machine's client id. */
const TokenSubject = z
  .string()
  .check(z.minLength(1), z.maxLength(128), z.regex(/^[\x21-\x7e]*$/, "printable ASCII characters"));

/** What is said of an account, a person, an agent or a machine; the id is in the path. What is left out is taken away. */
export const AccountBody = z.strictObject({ ...z.omit(Account, { id: true }).shape });
export const PersonBody = z.strictObject({ ...z.omit(Person, { id: true, known: true }).shape });

/** `subject` binds a sign-in; one that is bound already stays when it is left out. */
export const AgentBody = z.strictObject({
  ...z.pick(Agent, { name: true, address: true, role: true }).shape,
  teams: Agent.shape.teams.check(z.maxLength(50)),
  subject: z.optional(TokenSubject),
});
export const ChannelBody = z.strictObject({
  name: ChannelPrincipal.shape.name,
  channels: ChannelPrincipal.shape.channels.check(z.minLength(1), z.maxLength(50)),
  subject: z.optional(TokenSubject),
});

export const AccountParams = z.object({ id: Account.shape.id });
export const PersonParams = z.object({ id: Person.shape.id });
export const PrincipalParams = z.object({ id: PrincipalId });
export const PersonQuery = z.strictObject({ address: Address });
