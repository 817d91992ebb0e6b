import { type Client, type ClientOptions, createClient } from "@ithaca/client";
import { MINUTE_MS } from "@ithaca/domain";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Globals } from "../globals.ts";
import { type Profile, readProfile, writeProfile } from "../profile/config-file.ts";
import type { World } from "../world.ts";
import { refresh } from "./cognito.ts";

/** A desk to talk to, as somebody. */
export interface DeskConnection {
  readonly client: Client;
  readonly options: ClientOptions;
}

/** A token this close to its end is not used any more. */
const EXPIRES_SOON_MS = MINUTE_MS;

/** Connects by the options, the environment and the profile, in this order. */
export function connectToDesk(world: World, globals: Globals): DeskConnection {
  const profile = readProfile(world, globals.profile);
  const baseUrl = globals.api ?? world.env.ITHACA_API ?? profile?.apiUrl;
  if (baseUrl === undefined) throw notSignedIn(globals.profile);
  if (!URL.canParse(baseUrl)) throw new Failure(`${baseUrl} is no address of an API.`, EXIT.usage);

  const options = { baseUrl, fetch: world.fetch, token: tokenSource(world, globals.profile, profile) };
  return { client: createClient(options), options };
}

/** Whether somebody is signed in by the profile, or a token was given. */
export function isSignedIn(world: World, { profile }: Pick<Globals, "profile">): boolean {
  return world.env.ITHACA_TOKEN !== undefined || readProfile(world, profile)?.tokens !== undefined;
}

function tokenSource(world: World, name: string, stored: Profile | undefined): () => Promise<string> {
  const given = world.env.ITHACA_TOKEN;
  if (given !== undefined) return async () => given;

  let profile = stored;
  return async () => {
    if (profile?.tokens === undefined) throw notSignedIn(name);
    const { accessToken, refreshToken, expiresAt } = profile.tokens;
    if (world.now() < expiresAt - EXPIRES_SOON_MS) return accessToken;
    if (refreshToken === undefined) throw notSignedIn(name);

    profile = { ...profile, tokens: await refresh(world, profile, refreshToken) };
    writeProfile(world, name, profile);
    return profile.tokens?.accessToken ?? "";
  };
}

function notSignedIn(profile: string): Failure {
  return new Failure(`Not signed in (profile ${profile}). Sign in with: ithaca login`, EXIT.notSignedIn);
}
