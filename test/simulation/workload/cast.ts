import type { Account, Principal } from "@ithaca/domain";
import { chanceOf } from "../world/chance.ts";

/** Somebody who asks the desk for something. */
export interface Customer {
  readonly name: string;
  readonly personId: string;
  readonly address: string;
  readonly accountId: string | undefined;
  /** Whoever the directory knows can sign in. */
  readonly subject: string | undefined;
  /** A machine answers their mail. */
  readonly hasRobot: boolean;
}

export interface AgentOnDesk {
  readonly principalId: string;
  readonly address: string;
  readonly subject: string;
}

/** Everybody in a world. */
export interface Cast {
  readonly accounts: readonly Account[];
  readonly customers: readonly Customer[];
  readonly strangers: readonly Customer[];
  readonly agents: readonly AgentOnDesk[];
  /** Appoints the others, and works on no case. */
  readonly manager: AgentOnDesk;
  readonly principals: readonly { subject: string; principal: Principal }[];
}

export const MAIL_FROM = "Penelope support <support@desk.example>";

/** Somebody whom the desk knows, and who has no address. */
export const UNREACHED = "person_unreached";

/** The channels' machines, each for its own channels. */
const MACHINES = ["portal", "chat", "email", "phone", "scheduled-call", "emergency-line"] as const;

const ACCOUNTS = 6;
const PEOPLE_EACH = 2;
const STRANGERS = 5;
const ZONES = ["America/Chicago", "America/New_York", "Australia/Sydney", "Europe/Lisbon"] as const;

export function castOf(seed: number): Cast {
  const chance = chanceOf(seed, "cast");
  const accounts = Array.from({ length: ACCOUNTS }, (_, at): Account => {
    const australian = at % 3 === 2;
    return {
      id: `acct_a${at}`,
      name: `Account ${at}`,
      package: chance.happens(0.3) ? "legacy" : "standard",
      team: australian ? "au" : "main",
      zone: australian ? "Australia/Sydney" : chance.pick(ZONES),
      language: "en",
    };
  });
  const customers = accounts.flatMap(({ id }, account) =>
    Array.from({ length: PEOPLE_EACH }, (_, at) => customer(`c${account}x${at}`, id, chance.happens(0.25))),
  );
  const strangers = Array.from({ length: STRANGERS }, (_, at) => customer(`s${at}`, undefined, chance.happens(0.4)));
  const agents = ["ana", "bo", "cy"].map(agentOnDesk);
  return { accounts, customers, strangers, agents, manager: MANAGER, principals: principalsOf(customers, agents) };
}

function agentOnDesk(name: string): AgentOnDesk {
  return { principalId: `prin_${name}`, address: `${name}@desk.example`, subject: `sub-${name}` };
}

function customer(name: string, accountId: string | undefined, hasRobot: boolean): Customer {
  return {
    name,
    personId: `person_${name}`,
    address: `${name}@${accountId?.replace("acct_", "") ?? "anywhere"}.example`,
    accountId,
    subject: accountId === undefined ? undefined : `sub-${name}`,
    hasRobot,
  };
}

const MANAGER = agentOnDesk("mona");
/** Of whoever is more than an agent, by subject. */
const ROLES: Readonly<Record<string, "lead" | "manager">> = { "sub-ana": "lead", [MANAGER.subject]: "manager" };

function principalsOf(customers: readonly Customer[], agents: readonly AgentOnDesk[]): Cast["principals"] {
  return [
    ...customers.flatMap(({ name, personId, accountId, subject }) => {
      if (subject === undefined || accountId === undefined) return [];
      const principal: Principal = { kind: "customer", id: `prin_${name}`, personId, accountId };
      return [{ subject, principal }];
    }),
    ...[...agents, MANAGER].map(({ principalId, address, subject }) => {
      const role = ROLES[subject] ?? "agent";
      const principal: Principal = { kind: "agent", id: principalId, name: subject, address, role, teams: ["main"] };
      return { subject, principal };
    }),
    ...MACHINES.map((channel) => {
      const principal: Principal = { kind: "channel", id: `prin_m-${channel}`, name: channel, channels: [channel] };
      return { subject: `client-${channel}`, principal };
    }),
  ];
}

/** The claims of a person's access token. */
export function userClaims(subject: string) {
  return {
    token_use: "access",
    sub: subject,
    client_id: "client-people",
    username: subject,
    scope: "aws.cognito.signin.user.admin",
  };
}

/** The claims of a channel's machine. */
export function machineClaims(channel: string) {
  return {
    token_use: "access",
    sub: `client-${channel}`,
    client_id: `client-${channel}`,
    scope: "ithaca/messages.write",
  };
}
