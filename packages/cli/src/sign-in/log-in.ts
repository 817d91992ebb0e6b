import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Globals } from "../globals.ts";
import { outputOf, readStackOutputs } from "../ops/stack-outputs.ts";
import { type Profile, readProfile, writeProfile } from "../profile/config-file.ts";
import type { World } from "../world.ts";
import { signIn } from "./cognito.ts";

/** What `ithaca login` takes. */
export interface LogInOptions {
  readonly username?: string;
  readonly passwordStdin?: boolean;
  readonly clientId?: string;
  readonly region?: string;
  readonly cognitoEndpoint?: string;
  readonly stack?: string;
}

/** Signs in to a desk and keeps the sign-in in the profile. Which desk: the options, the stack, or the profile. */
export async function logIn(world: World, globals: Globals, options: LogInOptions): Promise<void> {
  const profile = await findDesk(world, globals, options);
  const username = options.username ?? profile.username ?? (await ask(world, "Username: ", false));
  const password = options.passwordStdin
    ? (await world.input.read()).replace(/\r?\n$/, "")
    : await ask(world, "Password: ", true);

  const tokens = await signIn(world, profile, username, password);
  writeProfile(world, globals.profile, { ...profile, username, tokens });
  world.err.write(`Signed in to ${profile.apiUrl} as ${username}.\n`);
}

async function findDesk(world: World, globals: Globals, options: LogInOptions): Promise<Profile> {
  const stored = readProfile(world, globals.profile);
  const found = options.stack === undefined ? stored : await deskOfStack(world, options.stack);
  const apiUrl = globals.api ?? world.env.ITHACA_API ?? found?.apiUrl;
  const userPoolClientId = options.clientId ?? found?.userPoolClientId;
  const cognitoEndpoint = options.cognitoEndpoint ?? found?.cognitoEndpoint;
  if (apiUrl === undefined || userPoolClientId === undefined) {
    throw new Failure(
      "Which desk? Give --api and --client-id (the stack's outputs ApiUrl and UserPoolClientId), or --stack to read them.",
      EXIT.usage,
    );
  }
  return {
    apiUrl,
    userPoolClientId,
    region: options.region ?? found?.region ?? regionOf(world),
    ...(cognitoEndpoint !== undefined && { cognitoEndpoint }),
    ...(stored?.username !== undefined && { username: stored.username }),
  };
}

async function deskOfStack(world: World, stack: string): Promise<Profile> {
  const outputs = await readStackOutputs(stack);
  const endpoint = world.env.AWS_ENDPOINT_URL;
  return {
    apiUrl: outputOf(outputs, "ApiUrl"),
    userPoolClientId: outputOf(outputs, "UserPoolClientId"),
    region: regionOf(world),
    ...(endpoint !== undefined && { cognitoEndpoint: endpoint }),
  };
}

function regionOf({ env }: World): string {
  return env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-east-1";
}

async function ask(world: World, question: string, secret: boolean): Promise<string> {
  if (!world.input.isTerminal) {
    throw new Failure("Nobody to ask: give --username, and the password by --password-stdin.", EXIT.usage);
  }
  return world.input.ask(question, secret);
}

/** Forgets the sign-in; which desk it was is kept. */
export function logOut(world: World, { profile: name }: Globals): void {
  const stored = readProfile(world, name);
  if (stored === undefined) return;
  const { tokens: _, ...rest } = stored;
  writeProfile(world, name, rest);
  world.err.write(`Signed out (profile ${name}).\n`);
}
