import { instant, SECOND_MS } from "@ithaca/domain";
import * as z from "zod/mini";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Profile, Tokens } from "../profile/config-file.ts";
import type { World } from "../world.ts";

const AuthAnswer = z.object({
  AuthenticationResult: z.optional(
    z.object({ AccessToken: z.string(), RefreshToken: z.optional(z.string()), ExpiresIn: z.int() }),
  ),
  ChallengeName: z.optional(z.string()),
});

const AuthError = z.object({ __type: z.string(), message: z.optional(z.string()) });

const TIMEOUT_MS = 15_000;

/** Signs in by name and password (USER_PASSWORD_AUTH). */
export function signIn(world: World, profile: Profile, username: string, password: string): Promise<Tokens> {
  return initiateAuth(world, profile, "USER_PASSWORD_AUTH", { USERNAME: username, PASSWORD: password });
}

/** A new access token; the refresh token stays what it was. */
export async function refresh(world: World, profile: Profile, refreshToken: string): Promise<Tokens> {
  const tokens = await initiateAuth(world, profile, "REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: refreshToken });
  return { refreshToken, ...tokens };
}

/** Cognito's InitiateAuth needs no AWS credentials, so a plain request does. */
async function initiateAuth(
  world: World,
  profile: Profile,
  flow: "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH",
  parameters: Record<string, string>,
): Promise<Tokens> {
  const url = profile.cognitoEndpoint ?? `https://cognito-idp.${profile.region}.amazonaws.com/`;
  const response = await world
    .fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      },
      body: JSON.stringify({ AuthFlow: flow, ClientId: profile.userPoolClientId, AuthParameters: parameters }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    .catch(() => {
      throw new Failure(`No answer from the sign-in at ${url}.`);
    });
  const body: unknown = await response.json().catch(() => undefined);
  return tokensOf(world, body);
}

function tokensOf(world: World, body: unknown): Tokens {
  const answer = z.safeParse(AuthAnswer, body);
  if (answer.success && answer.data.AuthenticationResult !== undefined) {
    const { AccessToken, RefreshToken, ExpiresIn } = answer.data.AuthenticationResult;
    return {
      accessToken: AccessToken,
      expiresAt: instant(world.now() + ExpiresIn * SECOND_MS),
      ...(RefreshToken !== undefined && { refreshToken: RefreshToken }),
    };
  }
  if (answer.success && answer.data.ChallengeName !== undefined) {
    throw new Failure(
      `Sign-in asks for ${answer.data.ChallengeName}, which this command cannot answer.`,
      EXIT.notSignedIn,
    );
  }
  const error = z.safeParse(AuthError, body);
  const reason = error.success ? (error.data.message ?? error.data.__type) : "the answer is none of Cognito's";
  throw new Failure(`Sign-in was refused: ${reason}`, EXIT.notSignedIn);
}
