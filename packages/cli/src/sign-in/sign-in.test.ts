import { readFileSync, statSync } from "node:fs";
import { instantOf } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { type Ran, runIn, SIGNED_IN } from "../fake-world.ts";
import { configPath } from "../profile/config-file.ts";

const DESK = ["--api", "https://desk.example", "--client-id", "people"];
const tokens = (accessToken: string) =>
  Response.json({ AuthenticationResult: { AccessToken: accessToken, RefreshToken: "r", ExpiresIn: 3600 } });
const agent = {
  kind: "agent",
  id: "prin_ana",
  name: "Ana",
  role: "agent",
  teams: ["main"],
  address: "ana@desk.example",
};
const kept = ({ env }: Ran) => JSON.parse(readFileSync(configPath({ env }), "utf8"));

describe("when somebody signs in", () => {
  test("the tokens are kept in a file that is theirs alone", async () => {
    const ran = await runIn(["login", ...DESK, "--username", "ana", "--password-stdin"], {
      stdin: "secret\n",
      answer: () => tokens("t1"),
    });
    expect(ran).toMatchObject({ exitCode: 0, out: "", err: "Signed in to https://desk.example as ana.\n" });
    expect(ran.sent[0]).toMatchObject({
      url: "https://cognito-idp.us-east-1.amazonaws.com/",
      body: {
        AuthFlow: "USER_PASSWORD_AUTH",
        ClientId: "people",
        AuthParameters: { USERNAME: "ana", PASSWORD: "secret" },
      },
    });
    expect(kept(ran).profiles.default).toMatchObject({
      apiUrl: "https://desk.example",
      tokens: { accessToken: "t1", refreshToken: "r", expiresAt: "2026-03-02T16:00:00.000Z" },
    });
    expect(statSync(configPath(ran)).mode & 0o777).toBe(0o600);
    expect(readFileSync(configPath(ran), "utf8")).not.toContain("secret");
  });

  test("name and password are asked for on a terminal", async () => {
    const ran = await runIn(["login", ...DESK, "--cognito-endpoint", "http://localhost:4566"], {
      typed: ["ana", "secret"],
      answer: () => tokens("t1"),
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.sent[0]).toMatchObject({
      url: "http://localhost:4566",
      body: { AuthParameters: { USERNAME: "ana", PASSWORD: "secret" } },
    });
  });

  test.each<[string, Response, string]>([
    [
      "a wrong password",
      Response.json({ __type: "NotAuthorizedException", message: "Incorrect username or password." }, { status: 400 }),
      "Incorrect username or password.",
    ],
    ["a challenge", Response.json({ ChallengeName: "SOFTWARE_TOKEN_MFA" }), "on a terminal"],
    ["an answer of something else", new Response("<html>"), "none of Cognito's"],
  ])("%s is told, and nothing is kept", async (_, answer, said) => {
    const ran = await runIn(["login", ...DESK, "--username", "ana", "--password-stdin"], { answer: () => answer });
    expect(ran.exitCode).toBe(3);
    expect(ran.err).toContain(said);
    expect(() => kept(ran)).toThrow();
  });

  test("a first password is changed and a code is given, in Cognito's own name of the user", async () => {
    const challenge = (name: string, session: string, more = {}) =>
      Response.json({
        ChallengeName: name,
        Session: session,
        ChallengeParameters: { USER_ID_FOR_SRP: "u-1", requiredAttributes: "[]", ...more },
      });
    const answers = [challenge("NEW_PASSWORD_REQUIRED", "s1"), challenge("SOFTWARE_TOKEN_MFA", "s2"), tokens("t1")];
    const ran = await runIn(["login", ...DESK], {
      typed: ["ana", "first", "second", "second", "123456 "],
      answer: () => answers.shift() ?? Response.error(),
    });
    expect(ran).toMatchObject({ exitCode: 0, err: "Signed in to https://desk.example as ana.\n" });
    expect(ran.sent.slice(1).map(({ body }) => body)).toEqual([
      {
        ClientId: "people",
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "s1",
        ChallengeResponses: { USERNAME: "u-1", NEW_PASSWORD: "second" },
      },
      {
        ClientId: "people",
        ChallengeName: "SOFTWARE_TOKEN_MFA",
        Session: "s2",
        ChallengeResponses: { USERNAME: "u-1", SOFTWARE_TOKEN_MFA_CODE: "123456" },
      },
    ]);
    expect(ran.sent[1]?.headers.get("x-amz-target")).toBe("AWSCognitoIdentityProviderService.RespondToAuthChallenge");
    expect(kept(ran).profiles.default.tokens.accessToken).toBe("t1");
  });

  test.each<[string, object, string[], string]>([
    ["asks for two new passwords that differ", { ChallengeName: "NEW_PASSWORD_REQUIRED" }, ["a", "b"], "not the same"],
    [
      "asks for what only the pool's keeper can set",
      {
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        ChallengeParameters: { requiredAttributes: '["userAttributes.phone"]' },
      },
      [],
      "asks for phone",
    ],
    ["asks for something unknown", { ChallengeName: "DEVICE_SRP_AUTH" }, [], "cannot answer"],
    ["asks without end", { ChallengeName: "SMS_MFA" }, ["1", "2", "3", "4"], "goes on to ask"],
  ])("sign-in that %s ends, is told, and nothing is kept", async (_, challenge, typed, said) => {
    const ran = await runIn(["login", ...DESK], {
      typed: ["ana", "secret", ...typed],
      answer: () => Response.json(challenge),
    });
    expect(ran.exitCode).toBe(3);
    expect(ran.err).toContain(said);
    expect(() => kept(ran)).toThrow();
  });

  test.each([
    ["no desk is named", ["login"]],
    ["there is nobody to ask", ["login", ...DESK]],
  ])("when %s it is a mistake of use", async (_, args) => expect((await runIn(args)).exitCode).toBe(2));
});

describe("when a command is signed in", () => {
  test("the desk is asked with the token", async () => {
    const ran = await runIn(["whoami"], { profile: SIGNED_IN, answer: () => Response.json(agent) });
    expect(ran).toMatchObject({ exitCode: 0, out: "Ana (prin_ana), agent of main, ana@desk.example\n" });
    expect(ran.sent[0]?.headers.get("authorization")).toBe("Bearer a-token");
  });

  test("a token that is about to expire is refreshed and kept", async () => {
    const ran = await runIn(["whoami", "--json=id"], {
      profile: SIGNED_IN,
      now: instantOf("2026-03-02T15:59:30Z"),
      answer: ({ url }) =>
        url.includes("cognito")
          ? Response.json({ AuthenticationResult: { AccessToken: "t2", ExpiresIn: 3600 } })
          : Response.json(agent),
    });
    expect(ran).toMatchObject({ exitCode: 0, out: '{\n  "id": "prin_ana"\n}\n' });
    expect(ran.sent[0]).toMatchObject({ body: { AuthFlow: "REFRESH_TOKEN_AUTH" } });
    expect(ran.sent[1]?.headers.get("authorization")).toBe("Bearer t2");
    expect(kept(ran).profiles.default.tokens).toMatchObject({ accessToken: "t2", refreshToken: "r-token" });
  });

  test("the environment goes before the profile, and --api before both", async () => {
    const env = { ITHACA_API: "https://env.example", ITHACA_TOKEN: "env-token" };
    const answer = () => Response.json(agent);
    const byEnv = await runIn(["whoami"], { profile: SIGNED_IN, env, answer });
    expect(byEnv.sent[0]?.url).toBe("https://env.example/v1/me");
    expect(byEnv.sent[0]?.headers.get("authorization")).toBe("Bearer env-token");
    const byOption = await runIn(["whoami", "--api", "https://option.example"], { profile: SIGNED_IN, env, answer });
    expect(byOption.sent[0]?.url).toBe("https://option.example/v1/me");
  });

  test("a profile is found by its name", async () => {
    const named = { profile: SIGNED_IN, env: { ITHACA_PROFILE: "au" }, answer: () => Response.json(agent) };
    expect((await runIn(["whoami"], named)).exitCode).toBe(0);
    expect((await runIn(["whoami", "--profile", "other"], named)).exitCode).toBe(3);
  });

  test("logging out forgets the tokens and keeps the desk", async () => {
    const ran = await runIn(["logout"], { profile: SIGNED_IN });
    expect(ran.exitCode).toBe(0);
    expect(kept(ran).profiles.default).toEqual({
      apiUrl: "https://desk.example",
      region: "us-east-1",
      userPoolClientId: "people",
    });
  });
});

describe("when nobody is signed in", () => {
  test.each([["whoami"], ["case", "list"], ["api", "GET", "/v1/me"]])("%s %s says how to", async (...args) => {
    const ran = await runIn(args);
    expect(ran).toMatchObject({ exitCode: 3, out: "", sent: [] });
    expect(ran.err).toContain("ithaca login");
  });
});
