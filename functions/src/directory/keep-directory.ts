import type { Principal } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, type No, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./keep-directory.manifest.ts";

type DirectoryPorts = Pick<Ports, "directory" | "cases" | "rulebooks" | "clock">;

const DESK = { kind: "desk" } as const;

/** Shows an account. */
export async function readAccount(
  { params, may }: Asked<"read-account">,
  { directory }: DirectoryPorts,
): Promise<Answer<"read-account">> {
  if (!may(DESK)) return no("not-there");
  const account = await directory.account(params.id);
  return account === undefined ? no("not-there") : { status: 200, body: account };
}

/** Makes an account, or says anew what it is; its package and team must be the policy's. */
export async function putAccount(
  { params, body, may }: Asked<"put-account">,
  { directory, rulebooks, clock }: DirectoryPorts,
): Promise<Answer<"put-account">> {
  if (!may(DESK)) return no("not-there");
  const { policy } = await rulebooks.inForce(clock());
  if (!policy.teams.some(({ code }) => code === body.team)) return wrongField("team", "is no team of this desk");
  if (!policy.packages.some(({ code }) => code === body.package)) {
    return wrongField("package", "is no package of this desk");
  }
  const account = { ...body, id: params.id };
  await directory.putAccount(account);
  return { status: 200, body: account };
}

/** Finds the person of an address, as intake does. */
export async function findPerson(
  { principal, query, may }: Asked<"find-person">,
  { cases }: DirectoryPorts,
): Promise<Answer<"find-person">> {
  if (!may(DESK)) return no("not-there");
  const { person } = await cases.lookUp({ principalId: principal.id, address: query.address });
  return person === undefined ? no("not-there") : { status: 200, body: person };
}

/** Shows a person. */
export async function readPerson(
  { params, may }: Asked<"read-person">,
  { directory }: DirectoryPorts,
): Promise<Answer<"read-person">> {
  if (!may(DESK)) return no("not-there");
  const person = await directory.person(params.id);
  return person === undefined ? no("not-there") : { status: 200, body: person };
}

/** Makes a person, or says anew who they are. Each address belongs to one person. */
export async function putPerson(
  { params, body, may }: Asked<"put-person">,
  { directory }: DirectoryPorts,
): Promise<Answer<"put-person">> {
  if (!may(DESK)) return no("not-there");
  if (body.accountId !== undefined && (await directory.account(body.accountId)) === undefined) {
    return wrongField("accountId", "is no account of this desk");
  }
  const person = { ...body, addresses: [...new Set(body.addresses)], id: params.id, known: true };
  return (await directory.putPerson(person)) ? { status: 200, body: person } : no("address-taken");
}

/** Shows an agent, a customer who signs in, or a machine. */
export async function readPrincipal(
  { params, may }: Asked<"read-principal">,
  { directory }: DirectoryPorts,
): Promise<Answer<"read-principal">> {
  if (!may(DESK)) return no("not-there");
  const principal = await directory.principal(params.id);
  return principal === undefined ? no("not-there") : { status: 200, body: principal };
}

/** Makes somebody an agent; what they may do, their role says from the next half minute on. */
export async function putAgent(
  { params, body, may }: Asked<"put-agent">,
  { directory, rulebooks, clock }: DirectoryPorts,
): Promise<Answer<"put-agent">> {
  if (!may(DESK)) return no("not-there");
  const { policy } = await rulebooks.inForce(clock());
  const unknown = body.teams.find((team) => !policy.teams.some(({ code }) => code === team));
  if (unknown !== undefined) return wrongField(`teams.${body.teams.indexOf(unknown)}`, "is no team of this desk");
  const { subject, ...agent } = body;
  return put({ kind: "agent", id: params.id, ...agent }, subject, directory);
}

/** Lets a machine bring messages in. */
export async function putChannel(
  { params, body, may }: Asked<"put-channel">,
  { directory, rulebooks, clock }: DirectoryPorts,
): Promise<Answer<"put-channel">> {
  if (!may(DESK)) return no("not-there");
  const { policy } = await rulebooks.inForce(clock());
  const unknown = body.channels.find((channel) => !policy.channels.some(({ code }) => code === channel));
  if (unknown !== undefined) {
    return wrongField(`channels.${body.channels.indexOf(unknown)}`, "is no channel of this desk");
  }
  const { subject, ...machine } = body;
  return put({ kind: "channel", id: params.id, ...machine }, subject, directory);
}

/** Nobody becomes another kind of principal, and no sign-in is taken from anybody. */
async function put(
  principal: Principal,
  subject: string | undefined,
  directory: DirectoryPorts["directory"],
): Promise<Answer<"put-agent">> {
  const before = await directory.principal(principal.id);
  if (before !== undefined && before.kind !== principal.kind) return no("other-kind");
  const bound = subject === undefined ? undefined : await directory.principalOfSubject(subject);
  if (bound !== undefined && bound.id !== principal.id) return no("subject-taken");

  await directory.putPrincipal(principal);
  if (subject !== undefined && bound === undefined) await directory.bindSubject(subject, principal.id);
  return { status: 200, body: principal };
}

function wrongField(path: string, message: string): No {
  return no("invalid-request", { errors: [{ path, message }] });
}

/** What answers each route about who is who. */
export const directoryRoutes = {
  "read-account": readAccount,
  "put-account": putAccount,
  "find-person": findPerson,
  "read-person": readPerson,
  "put-person": putPerson,
  "read-principal": readPrincipal,
  "put-agent": putAgent,
  "put-channel": putChannel,
};

export const handler = onRoutes(manifest, directoryRoutes, connect(toTable));
