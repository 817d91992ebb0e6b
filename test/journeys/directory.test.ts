import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AdminCreateUserCommand, AdminSetUserPasswordCommand } from "@aws-sdk/client-cognito-identity-provider";
import { DEMO_PASSWORD } from "@ithaca/local";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { applyRules } from "./apply-rules.ts";
import { ANA, CLEO, createCallers, MAX } from "./callers.ts";
import { openCloud } from "./cloud.ts";
import { eventually } from "./eventually.ts";
import { type Ithaca, machineCommand, opsCommand, signedInCommand } from "./ithaca.ts";
import { message } from "./messages.ts";

const desk = inject("desk");
const callers = createCallers(desk);
const agent = callers.user(ANA);
const { users } = openCloud(desk);
let ithaca: Ithaca;
let manager: Ithaca;

/** Each command is a process, which takes its time on a busy machine. */
const TYPING = { timeout: 120_000 };
/** A function remembers for half a minute who somebody is; what changes may take as long to be known. */
const REMEMBERED_SECONDS = 45;
/** A mail that came from where it says. */
const PASSED = { authentication: { spf: "pass", dkim: "pass", dmarc: "pass" } } as const;

beforeAll(async () => {
  await applyRules(desk, { main: "open", au: "open" });
  [ithaca, manager] = await Promise.all([signedInCommand(desk, ANA), signedInCommand(desk, MAX)]);
});

describe("when the directory is kept", TYPING, () => {
  test("by command, by those who may", async () => {
    const id = `acct_${randomUUID().slice(0, 8)}`;
    const account = ["account", "set", id, "--name", "Quay", "--package", "standard", "--team", "au"];
    const set = [...account, "--in-zone", "Australia/Sydney"] as const;
    expect((await ithaca.tryTo(...set)).exitCode).toBe(4);
    expect(await manager.run(...set)).toContain("Quay");
    expect(await ithaca.run("account", "view", id)).toContain("Australia/Sydney");
  });

  test("by a table, which can be brought in again", async () => {
    const suffix = randomUUID().slice(0, 8);
    const table = join(tmpdir(), `ithaca-journey-${suffix}.csv`);
    writeFileSync(
      table,
      `kind,id,name,addresses,accountId,package,team,zone,language\naccount,acct_${suffix},"Dock, North",,,standard,main,America/Chicago,en\nperson,person_${suffix},Kim,kim-${suffix}@dock.example,acct_${suffix},,,,\n`,
    );
    const ops = opsCommand(desk);
    expect(await ops.run("import-directory", table, "--dry-run")).toContain(`acct_${suffix}\tput`);
    expect(await ops.run("import-directory", table)).toContain(`person_${suffix}\tput`);
    expect(await ops.run("import-directory", table)).toContain(`person_${suffix}\tunchanged`);
    expect(await ithaca.run("person", "view", `kim-${suffix}@dock.example`)).toContain(`acct_${suffix}`);
  });

  test("somebody whom a manager appoints signs in, and works a case", async () => {
    const [id, username] = [`prin_${randomUUID().slice(0, 8)}`, `bo-${randomUUID().slice(0, 8)}@desk.example`];
    const subject = await addUser(username);
    const set = ["agent", "set", id, "--name", "Bo", "--address", username, "--team", "main"] as const;
    expect((await ithaca.tryTo(...set, "--subject", subject)).exitCode).toBe(4);
    const wrong = await manager.tryTo("agent", "set", id, "--name", "Bo", "--address", username, "--team", "moon");
    expect([wrong.exitCode, wrong.errors]).toEqual([1, expect.stringContaining("teams.0 is no team of this desk")]);
    expect(await manager.run(...set, "--subject", subject)).toContain("Bo");

    const bo = await signedInCommand(desk, username);
    expect(await bo.run("whoami")).toBe(`Bo (${id}), agent of main, ${username}\n`);
    const { number } = await callers.user(CLEO).sendMessage(message());
    await bo.run("case", "take", number);
    expect((await agent.cases.read(number)).assignee).toEqual({ id, name: "Bo" });
    expect(await ithaca.run("agent", "view", id)).toMatch(/^teams\tmain$/m);

    // The sign-in of another is nobody else's.
    const taken = await manager.tryTo(
      "agent",
      "set",
      `${id}2`,
      "--name",
      "Bob",
      "--address",
      username,
      "--subject",
      subject,
    );
    expect([taken.exitCode, taken.errors]).toEqual([1, expect.stringContaining("sign-in")]);
  });

  test("a machine brings messages in on the channels that a manager gives it, and on no other", async () => {
    const id = "prin_channel-phone";
    const phone = machineCommand(desk, await callers.channelToken("phone"));
    const set = ["machine", "set", id, "--name", "Phone system", "--channel"] as const;
    const say = [
      "message",
      "send",
      "--from",
      CLEO,
      "-m",
      "They called about an empty invoice.",
      "--json",
      "--channel",
    ] as const;
    expect((await ithaca.tryTo(...set, "phone", "chat")).exitCode).toBe(4);
    expect((await phone.tryTo(...say, "chat")).exitCode).toBe(4);

    expect(await manager.run(...set, "phone", "chat")).toMatch(/^channels\tphone, chat$/m);
    try {
      const said = await eventually(
        "a message of the machine on its new channel",
        async () => {
          const { exitCode, output } = await phone.tryTo(...say, "chat");
          return exitCode === 0 ? output : undefined;
        },
        REMEMBERED_SECONDS,
      );
      const { number } = JSON.parse(said);
      expect((await agent.cases.read(number)).messages).toMatchObject([{ channel: "chat" }]);
    } finally {
      await manager.run(...set, "phone");
    }
    expect(await phone.run("message", "send", "Their line is dead.", "--channel", "phone", "--from", CLEO)).toContain(
      "opened",
    );
  });

  test("mail of a person who was made is theirs, by their name and their account", async () => {
    const suffix = randomUUID().slice(0, 8);
    const [id, address] = [`person_${suffix}`, `joan-${suffix}@lakeside.example`];
    const set = ["person", "set", id, "--name", "Joan", "--address", address, "--account"] as const;
    expect((await ithaca.tryTo(...set, "acct_lakeside")).exitCode).toBe(4);
    const wrong = await manager.tryTo(...set, "acct_nobody");
    expect([wrong.exitCode, wrong.errors]).toEqual([
      1,
      expect.stringContaining("accountId is no account of this desk"),
    ]);
    await manager.run(...set, "acct_lakeside");

    const mail = { channel: "email", from: { address }, evidence: PASSED } as const;
    const { number } = await callers.channel("email").sendMessage(message(mail));
    expect(await agent.cases.read(number)).toMatchObject({
      accountId: "acct_lakeside",
      participants: [{ personId: id, part: "requester" }],
    });
    expect(await ithaca.run("case", "view", number)).toContain("Joan");
  });
});

/** A user of the pool as ops make one, with the password of all of the demo. Gives back the subject. */
async function addUser(Username: string): Promise<string> {
  const pool = { UserPoolId: desk.stack.userPoolId, Username };
  const attributes = [
    { Name: "email", Value: Username },
    { Name: "email_verified", Value: "true" },
  ];
  const made = new AdminCreateUserCommand({ ...pool, MessageAction: "SUPPRESS", UserAttributes: attributes });
  const { User } = await users.send(made);
  await users.send(new AdminSetUserPasswordCommand({ ...pool, Password: DEMO_PASSWORD, Permanent: true }));
  return User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
}
