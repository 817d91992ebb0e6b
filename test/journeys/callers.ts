import { type Client, createClient } from "@ithaca/client";
import { createSignIn } from "@ithaca/local";
import type { DeskUnderTest } from "./start-desk.ts";

/** Who a journey speaks as: people of the demo directory, and the machines of channels. */
export interface Callers {
  /** A client of the API, signed in by name and password. */
  user(username: string): Client;
  /** A client of the API, as the machine of a channel. */
  channel(code: string): Client;
  /** The access token of a user, for what the client would not send. */
  userToken(username: string): Promise<string>;
  /** The access token of the machine of a channel, for whoever gives it to a command. */
  channelToken(code: string): Promise<string>;
}

export const CLEO = "cleo@lakeside.example";
export const HUGO = "hugo@harbour.example";
export const ANA = "ana@desk.example";
export const MIA = "mia@desk.example";
/** A manager of both teams. */
export const MAX = "max@desk.example";

/** Signs in at a desk, once for each caller. */
export function createCallers(desk: DeskUnderTest): Callers {
  const { endpoint, tokenEndpoint, stack, apiUrl: baseUrl } = desk;
  const signIn = createSignIn({ endpoint, tokenEndpoint, ...stack });
  const tokens = new Map<string, Promise<string>>();
  const once = (key: string, fetchToken: () => Promise<string>) => {
    const token = tokens.get(key) ?? fetchToken();
    tokens.set(key, token);
    return token;
  };
  const userToken = (username: string) => once(`user ${username}`, () => signIn.user(username));
  const channelToken = (code: string) => once(`channel ${code}`, () => signIn.channel(code));

  return {
    userToken,
    channelToken,
    user: (username) => createClient({ baseUrl, token: () => userToken(username) }),
    channel: (code) => createClient({ baseUrl, token: () => channelToken(code) }),
  };
}
