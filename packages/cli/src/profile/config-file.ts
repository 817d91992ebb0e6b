import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { Instant } from "@ithaca/domain";
import * as z from "zod/mini";
import { Failure } from "../failure.ts";
import type { World } from "../world.ts";

/** What a sign-in gave. The refresh token gets a new access token when that has expired. */
export const Tokens = z.object({
  accessToken: z.string(),
  refreshToken: z.optional(z.string()),
  expiresAt: Instant,
});
export type Tokens = z.infer<typeof Tokens>;

/** A desk and who is signed in to it. */
export const Profile = z.object({
  apiUrl: z.string(),
  region: z.string(),
  userPoolClientId: z.string(),
  /** Where sign-in is, when it is not AWS itself. */
  cognitoEndpoint: z.optional(z.string()),
  username: z.optional(z.string()),
  tokens: z.optional(Tokens),
});
export type Profile = z.infer<typeof Profile>;

const Config = z.object({ profiles: z.record(z.string(), Profile) });
type Config = z.infer<typeof Config>;

/** The profile that is used when none is named. */
export const PROFILE_DEFAULT = "default";

/** Where the configuration is: `$XDG_CONFIG_HOME/ithaca/config.json`, under `~/.config` when that is not set. */
export function configPath({ env }: Pick<World, "env">): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"), "ithaca", "config.json");
}

/** The profile of this name, if there is one. */
export function readProfile(world: Pick<World, "env">, name: string): Profile | undefined {
  return readConfig(world).profiles[name];
}

/** Keeps a profile. The file is the user's alone: it holds tokens. */
export function writeProfile(world: Pick<World, "env">, name: string, profile: Profile): void {
  const path = configPath(world);
  const config: Config = { profiles: { ...readConfig(world).profiles, [name]: profile } };
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = `${path}.next`;
  writeFileSync(next, `${JSON.stringify(z.encode(Config, config), null, 2)}\n`, { mode: 0o600 });
  // A file that was left over keeps its mode when it is written again.
  chmodSync(next, 0o600);
  renameSync(next, path);
}

function readConfig(world: Pick<World, "env">): Config {
  const path = configPath(world);
  if (!existsSync(path)) return { profiles: {} };
  try {
    return z.decode(Config, JSON.parse(readFileSync(path, "utf8")));
  } catch {
    throw new Failure(`${path} is not a configuration of ithaca. Remove it, then sign in again.`);
  }
}
