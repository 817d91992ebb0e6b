import type { Case } from "../case/case.ts";
import type { Principal, Role, Visitor } from "./principal.ts";

/** Everything that anybody can ask Ithaca to do. A route names one; a route without one does not compile. */
export type Action =
  | "message.send"
  | "case.list"
  | "case.read"
  | "case.read-internal"
  | "case.explain"
  | "case.waive"
  | "case.reply"
  | "case.note"
  | "case.take"
  | "case.prioritise"
  | "case.resolve"
  | "case.assign"
  | "case.change-status"
  | "case.describe"
  | "case.combine"
  | "directory.read-self"
  | "directory.read"
  | "directory.keep"
  | "directory.appoint"
  | "calendar.read"
  | "calendar.reckon"
  | "calendar.visit"
  | "rules.read"
  | "rules.preview"
  | "rules.apply"
  | "report.read"
  | "task.list"
  | "task.finish";

/** What of a case says whose it is. */
type CaseResource = Pick<Case, "requesterId" | "accountId" | "participants">;

/** What is acted on: one case, a channel to write for, the tasks of an agent, or the desk as a whole. */
export type Resource =
  | { kind: "case"; case: CaseResource }
  | { kind: "channel"; channel: string; selfService: boolean }
  | { kind: "tasks"; agentId: string }
  | { kind: "desk" };

/** What each kind of principal needs for an action. `never` grants nothing. */
interface Grant {
  /** The least role of an agent. */
  agent: Role;
  /** The least role of an agent for what is another agent's, where it is more. */
  others?: Role;
  /** A customer may always, on cases that are their own or their account's, on channels they sign in to, or never. */
  customer: "always" | "own-cases" | "self-service-channels" | "never";
  /** A channel's machine may always, on the channels it is configured for, or never. */
  channel: "always" | "own-channels" | "never";
  /** Somebody who has not signed in may always, or never, which goes without saying. */
  visitor?: "always";
}

const GRANTS: Record<Action, Grant> = {
  "message.send": { agent: "agent", customer: "self-service-channels", channel: "own-channels" },
  "case.list": { agent: "agent", customer: "never", channel: "never" },
  "case.read": { agent: "agent", customer: "own-cases", channel: "never" },
  "case.read-internal": { agent: "agent", customer: "never", channel: "never" },
  "case.explain": { agent: "agent", customer: "never", channel: "never" },
  "case.waive": { agent: "lead", customer: "never", channel: "never" },
  "case.reply": { agent: "agent", customer: "never", channel: "never" },
  "case.note": { agent: "agent", customer: "never", channel: "never" },
  "case.take": { agent: "agent", customer: "never", channel: "never" },
  "case.prioritise": { agent: "agent", customer: "never", channel: "never" },
  "case.resolve": { agent: "agent", customer: "never", channel: "never" },
  "case.assign": { agent: "agent", customer: "never", channel: "never" },
  "case.change-status": { agent: "agent", customer: "never", channel: "never" },
  "case.describe": { agent: "agent", customer: "never", channel: "never" },
  "case.combine": { agent: "agent", customer: "never", channel: "never" },
  "directory.read": { agent: "agent", customer: "never", channel: "never" },
  "directory.keep": { agent: "lead", customer: "never", channel: "never" },
  "directory.appoint": { agent: "manager", customer: "never", channel: "never" },
  "directory.read-self": { agent: "agent", customer: "always", channel: "always" },
  "calendar.read": { agent: "agent", customer: "never", channel: "never" },
  "calendar.reckon": { agent: "agent", customer: "always", channel: "always" },
  "calendar.visit": { agent: "agent", customer: "always", channel: "always", visitor: "always" },
  "rules.read": { agent: "agent", customer: "never", channel: "never" },
  "rules.apply": { agent: "manager", customer: "never", channel: "never" },
  "rules.preview": { agent: "manager", customer: "never", channel: "never" },
  "report.read": { agent: "lead", customer: "never", channel: "never" },
  "task.list": { agent: "agent", others: "lead", customer: "never", channel: "never" },
  "task.finish": { agent: "agent", others: "manager", customer: "never", channel: "never" },
};

const RANK: Record<Role, number> = { agent: 1, lead: 2, manager: 3 };

/** Whether somebody may do an action on a resource. What the table does not grant is denied (threats.md, 15). */
export function authorize(principal: Principal | Visitor, action: Action, resource: Resource): boolean {
  const grant = GRANTS[action];
  switch (principal.kind) {
    case "agent":
      return RANK[principal.role] >= RANK[leastRole(grant, principal.id, resource)];
    case "customer":
      if (grant.customer === "own-cases") return resource.kind === "case" && sees(principal, resource.case);
      if (grant.customer === "self-service-channels") return resource.kind === "channel" && resource.selfService;
      return grant.customer === "always";
    case "channel":
      if (grant.channel === "own-channels") {
        return resource.kind === "channel" && principal.channels.includes(resource.channel);
      }
      return grant.channel === "always";
    case "visitor":
      return grant.visitor === "always";
  }
}

function leastRole({ agent, others = agent }: Grant, principalId: string, resource: Resource): Role {
  return resource.kind === "tasks" && resource.agentId !== principalId ? others : agent;
}

/** A participant may see a case or only what is sent to them; the requester and their account always see it. */
function sees(who: { personId: string; accountId?: string | undefined }, of: CaseResource): boolean {
  const { participants } = of;
  return isConcerned(who, { ...of, participants: participants.filter(({ seesCase }) => seesCase) });
}

/** Whether somebody is a participant of a case or belongs to its account (support-policy.md, Cases). */
export function isConcerned(
  who: { personId: string; accountId?: string | undefined },
  of: Pick<Case, "requesterId" | "accountId" | "participants">,
): boolean {
  if (of.requesterId === who.personId) return true;
  if (of.participants.some((participant) => participant.personId === who.personId)) return true;
  return who.accountId !== undefined && who.accountId === of.accountId;
}
