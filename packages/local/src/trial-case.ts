import { type Client, createClient } from "@ithaca/client";
import type { DemoUser } from "./demo-directory.ts";
import type { Desk } from "./desk.ts";

/** A case to try things on, and who would work it. */
export interface TrialCase {
  /** The case's nine digits. */
  readonly number: string;
  /** The demo agent of the team that has it. */
  readonly username: string;
}

/** The demo's first agent of a team; of any, when the team has none or is not known. */
export function agentFor(users: readonly DemoUser[], team: string | undefined): string {
  const agents = users.filter(({ answersFor }) => answersFor.length > 0);
  const [first] = [...agents.filter(({ answersFor }) => answersFor.some((one) => one === team)), ...agents];
  if (first === undefined) throw new Error("the demo has no agent");
  return first.username;
}

/** The first open case in the list of one of the demo's agents; undefined when no team of theirs has one. */
export async function findTrialCase(
  { users }: Pick<Desk, "users">,
  clientOf: (username: string) => Promise<Pick<Client, "cases">>,
): Promise<TrialCase | undefined> {
  for (const team of new Set(users.flatMap(({ answersFor }) => answersFor))) {
    const username = agentFor(users, team);
    const { cases } = await clientOf(username);
    const [first] = (await cases.list({ view: "open", team, limit: 1 })).items;
    if (first !== undefined) return { number: first.number, username };
  }
  return undefined;
}

/** The API as somebody who signs in to a desk by the demo's password. */
export async function clientOf({ signIn, apiUrl }: Pick<Desk, "signIn" | "apiUrl">, username: string): Promise<Client> {
  const token = await signIn.user(username);
  return createClient({ baseUrl: apiUrl, token: async () => token });
}
