import { instant, SECOND_MS } from "@ithaca/domain";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Profile, Tokens } from "../profile/config-file.ts";
import type { World } from "../world.ts";
import { answerChallenge } from "./answer-challenge.ts";

const AuthAnswer = z.object({
  AuthenticationResult: z.optional(
    z.object({ AccessToken: z.string(), RefreshToken: z.optional(z.string()), ExpiresIn: z.int() }),
  ),
  ChallengeName: z.optional(z.string()),
  Session: z.optional(z.string()),
  ChallengeParameters: z.optional(z.record(z.string(), z.string())),
});
type AuthAnswer = z.infer<typeof AuthAnswer>;

const AuthError = z.object({ __type: z.string(), message: z.optional(z.string()) });

const TIMEOUT_MS = 15_000;
/** A new password, a code, and one more that Cognito may think of. */
const CHALLENGES_MAX = 3;

/** Signs in by name and password (USER_PASSWORD_AUTH); what Cognito asks then is asked of the person at the terminal. */
export async function signIn(world: World, profile: Profile, username: string, password: string): Promise<Tokens> {
  let answer = await initiateAuth(world, profile, "USER_PASSWORD_AUTH", { USERNAME: username, PASSWORD: password });
  for (let asked = 0; answer.ChallengeName !== undefined && asked < CHALLENGES_MAX; asked += 1) {
    const { ChallengeName: name, Session, ChallengeParameters: parameters = {} } = answer;
    const given = await answerChallenge(world, { name, missing: missingIn(parameters) });
    answer = await askCognito(world, profile, "RespondToAuthChallenge", {
      ChallengeName: name,
      Session,
      // Cognito's own name of the user: an address that leads to them does not do here.
      ChallengeResponses: { USERNAME: parameters.USER_ID_FOR_SRP ?? username, ...given },
    });
  }
  return tokensOf(world, answer);
}

/** The attributes that a new user has yet to give, as Cognito writes them: a JSON list of `userAttributes.name`. */
function missingIn({ requiredAttributes = "[]" }: Readonly<Record<string, string>>): string[] {
  const listed = z.safeParse(z.array(z.string()), jsonOrNone(requiredAttributes));
  return listed.success ? listed.data.map((name) => name.replace(/^userAttributes\./, "")) : [];
}

function jsonOrNone(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A new access token; the refresh token stays what it was. */
export async function refresh(world: World, profile: Profile, refreshToken: string): Promise<Tokens> {
  const answer = await initiateAuth(world, profile, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: refreshToken });
  return { refreshToken, ...tokensOf(world, answer) };
}

function initiateAuth(
  world: World,
  profile: Profile,
  flow: "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH",
  parameters: Record<string, string>,
): Promise<AuthAnswer> {
  return askCognito(world, profile, "InitiateAuth", { AuthFlow: flow, AuthParameters: parameters });
}

/** Signing in needs no AWS credentials, so a plain request does. */
async function askCognito(
  world: World,
  profile: Profile,
  action: "InitiateAuth" | "RespondToAuthChallenge",
  asked: Readonly<Record<string, unknown>>,
): Promise<AuthAnswer> {
  const url = profile.cognitoEndpoint ?? `https://cognito-idp.${profile.region}.amazonaws.com/`;
  const response = await world
    .fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AWSCognitoIdentityProviderService.${action}`,
      },
      body: JSON.stringify({ ClientId: profile.userPoolClientId, ...asked }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    .catch(() => {
      throw new Failure(`No answer from the sign-in at ${url}.`);
    });
  const body: unknown = await response.json().catch(() => undefined);
  const answer = z.safeParse(AuthAnswer, body);
  if (answer.success && (answer.data.AuthenticationResult ?? answer.data.ChallengeName) !== undefined)
    return answer.data;
  const error = z.safeParse(AuthError, body);
  const reason = error.success ? (error.data.message ?? error.data.__type) : "the answer is none of Cognito's";
  throw new Failure(`Sign-in was refused: ${reason}`, EXIT.notSignedIn);
}

function tokensOf(world: World, { AuthenticationResult: result, ChallengeName }: AuthAnswer): Tokens {
  if (result === undefined) {
    throw new Failure(
      `Sign-in goes on to ask, at last for ${ChallengeName}. Run ithaca login again.`,
      EXIT.notSignedIn,
    );
  }
  const { AccessToken, RefreshToken, ExpiresIn } = result;
  return {
    accessToken: AccessToken,
    expiresAt: instant(world.now() + ExpiresIn * SECOND_MS),
    ...(RefreshToken !== undefined && { refreshToken: RefreshToken }),
  };
}
