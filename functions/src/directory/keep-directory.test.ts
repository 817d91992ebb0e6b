import { beforeEach, describe, expect, test } from "vitest";
import { type Caller, openRequestDesk, type RequestDesk, user } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
});

const ACCOUNT = { name: "Quay", package: "standard", team: "au", zone: "Australia/Sydney", language: "en" };
const AGENT = { name: "Bo", address: "bo@desk.example", role: "agent", teams: ["main"] };

describe("when an account is made", () => {
  test("it is there, and its people's cases go to its team", async () => {
    const path = { id: "acct_quay" };
    expect(await routes["put-account"]({ as: "lena", path, body: ACCOUNT })).toMatchObject({
      status: 200,
      body: { ...ACCOUNT, id: "acct_quay" },
    });
    expect((await routes["read-account"]({ as: "ana", path })).body).toEqual({ ...ACCOUNT, id: "acct_quay" });
    const person = { addresses: ["kim@quay.example"], accountId: "acct_quay" };
    await routes["put-person"]({ as: "lena", path: { id: "person_kim" }, body: person });

    const from = { address: "kim@quay.example" };
    const message = { channel: "email", channelMessageId: "1", subject: "Cranes", text: "They stand still.", from };
    expect((await routes["send-message"]({ as: "email", body: message })).body).toMatchObject({ team: "au" });
  });

  test.each([
    ["team", { team: "night" }],
    ["package", { package: "golden" }],
    ["name", { name: "" }],
  ])("what is wrong with its %s is said", async (path, different) => {
    const body = { ...ACCOUNT, ...different };
    const answer = await routes["put-account"]({ as: "lena", path: { id: "acct_quay" }, body });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } });
  });
});

describe("when a person is made", () => {
  const path = { id: "person_kim" };

  test("they are found by each address, and by an address no more that is taken away", async () => {
    const put = (addresses: string[]) => routes["put-person"]({ as: "lena", path, body: { name: "Kim", addresses } });
    await put(["kim@example.com", "k@example.com"]);
    const found = async (address: string) => (await routes["find-person"]({ as: "ana", query: { address } })).body.id;
    expect(await found("K@example.com")).toBe("person_kim");
    await put(["kim@example.com"]);
    expect(await found("k@example.com")).toBeUndefined();
    expect((await routes["read-person"]({ as: "ana", path })).body).toMatchObject({ addresses: ["kim@example.com"] });
  });

  test("an address that is given twice, in other letters, is one", async () => {
    const put = (addresses: string[]) => routes["put-person"]({ as: "lena", path, body: { addresses } });
    expect((await put(["kim@example.com", "Kim@Example.com"])).body.addresses).toEqual(["kim@example.com"]);
    expect((await put([])).status).toBe(200);
  });

  test("an address that is somebody else's is refused", async () => {
    const body = { addresses: ["cleo@example.com"] };
    const answer = await routes["put-person"]({ as: "lena", path, body });
    expect(answer).toMatchObject({ status: 409, body: { type: "urn:ithaca:problem:address-taken" } });
  });

  test("an account that is not there is named", async () => {
    const answer = await routes["put-person"]({ as: "lena", path, body: { addresses: [], accountId: "acct_absent" } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "accountId" }] } });
  });
});

describe("when somebody becomes an agent", () => {
  test("they can sign in and do what their role allows", async () => {
    const path = { id: "prin_bo" };
    const put = (role: string) =>
      routes["put-agent"]({ as: "mona", path, body: { ...AGENT, role, subject: "sub-bo" } });
    await put("agent");
    const claims = user("sub-bo");
    expect((await routes["read-self"]({ claims })).body).toMatchObject({ id: "prin_bo", role: "agent" });
    const body = ACCOUNT;
    expect((await routes["put-account"]({ claims, path: { id: "acct_quay" }, body })).status).toBe(404);
    await put("lead");
    expect((await routes["put-account"]({ claims, path: { id: "acct_quay" }, body })).status).toBe(200);
    expect((await routes["read-principal"]({ as: "ana", path })).body).toMatchObject({ role: "lead" });
  });

  test.each([
    ["another's sign-in", { id: "prin_bo" }, { subject: "sub-mona" }, 409, "subject-taken"],
    ["a customer's id", { id: "prin_cleo" }, {}, 409, "other-kind"],
    ["a team of no desk", { id: "prin_bo" }, { teams: ["night"] }, 400, "invalid-request"],
  ])("%s is refused", async (_what, path, different, status, code) => {
    const before = await desk.everything();
    const answer = await routes["put-agent"]({ as: "mona", path, body: { ...AGENT, ...different } });
    expect(answer).toMatchObject({ status, body: { type: `urn:ithaca:problem:${code}` } });
    expect(await desk.everything()).toBe(before);
  });
});

describe("when a machine is let in", () => {
  test("it writes for its channels; a channel of no desk is named", async () => {
    const path = { id: "prin_ivr" };
    const body = { name: "IVR", channels: ["phone"], subject: "client-ivr" };
    expect((await routes["put-channel"]({ as: "mona", path, body })).status).toBe(200);
    const answer = await routes["put-channel"]({ as: "mona", path, body: { ...body, channels: ["phone", "pigeon"] } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "channels.1" }] } });
  });
});

describe("who may", () => {
  test.each<[Caller, number, number]>([
    ["ana", 404, 404],
    ["lena", 200, 404],
    ["mona", 200, 200],
    ["cleo", 404, 404],
    ["portal", 404, 404],
  ])("%s keeps accounts: %i, appoints agents: %i", async (as, keeps, appoints) => {
    const account = await routes["put-account"]({ as, path: { id: "acct_quay" }, body: ACCOUNT });
    const agent = await routes["put-agent"]({ as, path: { id: "prin_bo" }, body: AGENT });
    expect([account.status, agent.status]).toEqual([keeps, appoints]);
  });
});
