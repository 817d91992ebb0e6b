import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  UsernameExistsException,
} from "@aws-sdk/client-cognito-identity-provider";
import type { DemoUser } from "./demo-directory.ts";
import { LOCAL_REGION } from "./project.ts";
import { LOCAL_CREDENTIALS } from "./stack-outputs.ts";

/** The password of every demo user. No secret: it opens a desk on the loopback address that holds nobody's data. */
export const DEMO_PASSWORD = "Ithaca-demo-2026";

/** Makes the demo users able to sign in. One who is there already only gets the demo password again. */
export async function createDemoUsers(endpoint: string, userPoolId: string, users: readonly DemoUser[]): Promise<void> {
  const cognito = new CognitoIdentityProviderClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  try {
    await Promise.all(users.map((user) => createDemoUser(cognito, userPoolId, user)));
  } finally {
    cognito.destroy();
  }
}

async function createDemoUser(
  cognito: CognitoIdentityProviderClient,
  userPoolId: string,
  user: DemoUser,
): Promise<void> {
  const who = { UserPoolId: userPoolId, Username: user.username };
  const attributes = [
    { Name: "email", Value: user.address },
    { Name: "email_verified", Value: "true" },
    { Name: "name", Value: user.name },
  ];
  try {
    await cognito.send(new AdminCreateUserCommand({ ...who, UserAttributes: attributes, MessageAction: "SUPPRESS" }));
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
  }
  await cognito.send(new AdminSetUserPasswordCommand({ ...who, Password: DEMO_PASSWORD, Permanent: true }));
}
