import type { AttributeType, CognitoIdentityProviderClient, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { Failure } from "../failure.ts";
import type { PoolUser, UserPool } from "./user-pool.ts";

/** A user pool of Cognito. The SDK honours AWS_ENDPOINT_URL. */
export async function cognitoPool(userPoolId: string): Promise<UserPool> {
  const sdk = await import("@aws-sdk/client-cognito-identity-provider");
  const client: CognitoIdentityProviderClient = new sdk.CognitoIdentityProviderClient({});
  const inPool = { UserPoolId: userPoolId };

  return {
    subjectOf: async (username) => {
      try {
        const { UserAttributes } = await client.send(new sdk.AdminGetUserCommand({ ...inPool, Username: username }));
        return attribute(UserAttributes, "sub");
      } catch (error) {
        if (error instanceof sdk.UserNotFoundException) return undefined;
        throw error;
      }
    },

    create: async ({ username, address, name }, password) => {
      const { User } = await client.send(
        new sdk.AdminCreateUserCommand({
          ...inPool,
          Username: username,
          MessageAction: "SUPPRESS",
          UserAttributes: [
            ...(address === undefined
              ? []
              : [
                  { Name: "email", Value: address },
                  { Name: "email_verified", Value: "true" },
                ]),
            ...(name === undefined ? [] : [{ Name: "name", Value: name }]),
          ],
        }),
      );
      if (password !== undefined) {
        await client.send(
          new sdk.AdminSetUserPasswordCommand({ ...inPool, Username: username, Password: password, Permanent: true }),
        );
      }
      const subject = attribute(User?.Attributes, "sub");
      if (subject === undefined) throw new Failure(`Cognito made the user ${username} without a subject.`);
      return subject;
    },

    all: async function* () {
      for await (const { Users = [] } of sdk.paginateListUsers({ client }, inPool)) {
        for (const user of Users) {
          const listed = poolUser(user);
          if (listed !== undefined) yield listed;
        }
      }
    },
  };
}

function poolUser({ Username: username, Attributes }: UserType): PoolUser | undefined {
  const subject = attribute(Attributes, "sub");
  if (username === undefined || subject === undefined) return undefined;
  const address = attribute(Attributes, "email");
  const name = attribute(Attributes, "name");
  // Where people sign in by address, Cognito's own name for a user is the subject, which no other pool has.
  return {
    username: username === subject ? (address ?? username) : username,
    subject,
    ...(address !== undefined && { address }),
    ...(name !== undefined && { name }),
  };
}

function attribute(attributes: readonly AttributeType[] | undefined, name: string): string | undefined {
  return attributes?.find((candidate) => candidate.Name === name)?.Value;
}
