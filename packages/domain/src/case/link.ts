import type { Actor } from "../access/actor.ts";
import { LINKS_MAX } from "../text/limits.ts";
import type { Instant } from "../time/instant.ts";
import type { Case } from "./case.ts";
import { type Decision, refuse } from "./decision.ts";
import type { ManualLink } from "./facts.ts";

/** The links that an agent makes; `follows` is told to the customer, so intake alone makes it. */
export type GivenLink = Exclude<ManualLink, "follows">;

/** Says how a case stands to another. Only this case knows of it. */
export function link(current: Case, to: { link: GivenLink; caseId: string }, now: Instant, by: Actor): Decision {
  if (to.caseId === current.id) return refuse("same-case");
  if (isLinked(current, to)) return refuse("already-linked");
  if (current.links.length >= LINKS_MAX) return refuse("too-many-links");
  return [{ type: "CaseLinked", at: now, by, ...to }];
}

/** Takes a link away again. */
export function unlink(current: Case, to: { link: ManualLink; caseId: string }, now: Instant, by: Actor): Decision {
  if (!isLinked(current, to)) return refuse("not-linked");
  return [{ type: "CaseUnlinked", at: now, by, ...to }];
}

function isLinked({ links }: Case, to: { link: ManualLink; caseId: string }): boolean {
  return links.some(({ kind, target }) => kind === to.link && target === to.caseId);
}
