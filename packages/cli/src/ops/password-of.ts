import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { World } from "../world.ts";

/** The password in an environment variable. One that is named and not there must not become a user without one. */
export function passwordOf({ env }: Pick<World, "env">, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const password = env[name];
  if (!password) throw new Failure(`There is no environment variable ${name}.`, EXIT.usage);
  return password;
}
