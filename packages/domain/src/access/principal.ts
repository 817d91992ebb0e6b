import * as z from "zod/mini";
import { AccountId } from "../account/account.ts";
import { PersonId } from "../person/person.ts";
import { Code, prefixedId } from "../text/code.ts";
import { Address, Name } from "../text/limits.ts";
import type { Actor } from "./actor.ts";

export const PrincipalId = prefixedId("prin");
export type PrincipalId = z.infer<typeof PrincipalId>;

/** What an agent may do beyond answering cases. Each role includes the ones before it. */
export const Role = z.enum(["agent", "lead", "manager"]);
export type Role = z.infer<typeof Role>;

export const Agent = z.object({
  kind: z.literal("agent"),
  id: PrincipalId,
  name: Name,
  address: Address,
  role: Role,
  teams: z.array(Code),
});

export const Customer = z.object({
  kind: z.literal("customer"),
  id: PrincipalId,
  personId: PersonId,
  accountId: z.optional(AccountId),
});

/** A machine that brings messages in; it may write only for the channels it is configured for. */
export const ChannelPrincipal = z.object({
  kind: z.literal("channel"),
  id: PrincipalId,
  name: Name,
  channels: z.array(Code),
});

/** Who is calling, by our own stable id; a token's subject is bound to one (design.md, Data). */
export const Principal = z.discriminatedUnion("kind", [Agent, Customer, ChannelPrincipal]);
export type Principal = z.infer<typeof Principal>;
export type Agent = z.infer<typeof Agent>;
export type Customer = z.infer<typeof Customer>;
export type ChannelPrincipal = z.infer<typeof ChannelPrincipal>;

/** Somebody who has not signed in: pages that are meant for everybody are all that they see. */
export const VISITOR = { kind: "visitor" } as const;
export type Visitor = typeof VISITOR;

/** How a principal is recorded in the facts that follow from what it does. */
export function actorOf(principal: Principal): Actor {
  switch (principal.kind) {
    case "agent":
      return { kind: "agent", id: principal.id };
    case "customer":
      return { kind: "person", id: principal.personId };
    case "channel":
      return { kind: "channel", id: principal.id };
  }
}
