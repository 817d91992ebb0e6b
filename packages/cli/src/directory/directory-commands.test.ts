import { describe, expect, test } from "vitest";
import { runIn, SIGNED_IN } from "../fake-world.ts";

const answer = () => Response.json({ id: "acct_quay", name: "Quay", channels: ["a", "b"] });
const signedIn = { profile: SIGNED_IN, answer };

describe("when the directory is asked or changed", () => {
  test.each<[string[], string, string, unknown]>([
    [["account", "view", "acct_quay"], "GET", "/v1/accounts/acct_quay", undefined],
    [
      ["account", "set", "acct_quay", "--name", "Quay", "--package", "standard", "--team", "au", "--in-zone", "UTC"],
      "PUT",
      "/v1/accounts/acct_quay",
      { name: "Quay", package: "standard", team: "au", zone: "UTC", language: "en" },
    ],
    [["person", "view", "kim@quay.example"], "GET", "/v1/people?address=kim%40quay.example", undefined],
    [["person", "view", "person_kim"], "GET", "/v1/people/person_kim", undefined],
    [
      [
        "person",
        "set",
        "person_kim",
        "--name",
        "Kim",
        "--address",
        "a@q.example",
        "b@q.example",
        "--account",
        "acct_q",
      ],
      "PUT",
      "/v1/people/person_kim",
      { name: "Kim", addresses: ["a@q.example", "b@q.example"], accountId: "acct_q" },
    ],
    [["agent", "view", "prin_bo"], "GET", "/v1/principals/prin_bo", undefined],
    [
      ["agent", "set", "prin_bo", "--name", "Bo", "--address", "bo@d.example", "--team", "main", "--subject", "s"],
      "PUT",
      "/v1/agents/prin_bo",
      { name: "Bo", address: "bo@d.example", role: "agent", teams: ["main"], subject: "s" },
    ],
    [
      ["machine", "set", "prin_ivr", "--name", "IVR", "--channel", "phone", "--client-id", "c"],
      "PUT",
      "/v1/channels/prin_ivr",
      { name: "IVR", channels: ["phone"], subject: "c" },
    ],
  ])("%j", async (args, method, path, body) => {
    const ran = await runIn(args, signedIn);
    expect(ran).toMatchObject({ exitCode: 0, err: "", out: "id\tacct_quay\nname\tQuay\nchannels\ta, b\n" });
    expect(ran.sent).toMatchObject([{ method, url: `https://desk.example${path}`, body }]);
  });

  test("what an account needs is asked for", async () => {
    expect(await runIn(["account", "set", "acct_quay"], signedIn)).toMatchObject({ exitCode: 2, sent: [] });
  });
});
