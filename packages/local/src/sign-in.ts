import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DEMO_PASSWORD } from "./demo-directory.ts";
import { LOCAL_REGION } from "./project.ts";
import { LOCAL_CREDENTIALS } from "./stack-outputs.ts";

/** Where sign-in happens and by which app clients. */
export interface SignInPlace {
  readonly endpoint: string;
  readonly tokenEndpoint: string;
  readonly userPoolId: string;
  /** The app client of people. */
  readonly peopleClientId: string;
  /** The app clients of the machines that bring messages in, by the code of their channel. */
  readonly channelClientIds: Readonly<Record<string, string>>;
}

/** Gets access tokens as a demo user or as a channel's machine. */
export interface SignIn {
  /** The access token of a demo user. Throws when sign-in asks for more than the password. */
  user(username: string): Promise<string>;
  /** The access token of the machine of a channel (portal, email, …), with every scope that it may have. */
  channel(code: string): Promise<string>;
}

/** Sign-in at one desk. */
export function createSignIn(place: SignInPlace): SignIn {
  const withCognito = async <Result>(
    ask: (cognito: CognitoIdentityProviderClient) => Promise<Result>,
  ): Promise<Result> => {
    const cognito = new CognitoIdentityProviderClient({
      endpoint: place.endpoint,
      region: LOCAL_REGION,
      credentials: LOCAL_CREDENTIALS,
    });
    try {
      return await ask(cognito);
    } finally {
      cognito.destroy();
    }
  };

  return {
    user: (username) =>
      withCognito(async (cognito) => {
        const AuthParameters = { USERNAME: username, PASSWORD: DEMO_PASSWORD };
        const flow = { ClientId: place.peopleClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters } as const;
        const { AuthenticationResult: result, ChallengeName: challenge } = await cognito.send(
          new InitiateAuthCommand(flow),
        );
        if (result?.AccessToken === undefined)
          throw new Error(`sign-in of ${username} asks for ${challenge ?? "more"}`);
        return result.AccessToken;
      }),

    channel: async (code) => {
      const clientId = place.channelClientIds[code];
      if (clientId === undefined) throw new Error(`no machine is deployed for the channel ${code}`);
      const secret = await withCognito(async (cognito) => {
        const which = { UserPoolId: place.userPoolId, ClientId: clientId };
        const { UserPoolClient: client } = await cognito.send(new DescribeUserPoolClientCommand(which));
        return client?.ClientSecret ?? "";
      });
      return fetchMachineToken(place.tokenEndpoint, clientId, secret);
    },
  };
}

/** A token by client credentials (RFC 6749, 4.4). Throws with the endpoint's answer when it is refused. */
async function fetchMachineToken(tokenEndpoint: string, clientId: string, secret: string): Promise<string> {
  const response = await fetch(tokenEndpoint, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
    signal: AbortSignal.timeout(10_000),
  });
  const answer: unknown = await response.json();
  if (
    typeof answer === "object" &&
    answer !== null &&
    "access_token" in answer &&
    typeof answer.access_token === "string"
  ) {
    return answer.access_token;
  }
  throw new Error(`the token endpoint answered ${response.status}: ${JSON.stringify(answer)}`);
}
