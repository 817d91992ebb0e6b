import { DAY_MS, HOUR_MS, instantOf, plus, SECOND_MS, toIso } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk, WEDNESDAY_MORNING } from "../fixtures/request-desk.ts";
import { manifest } from "./keep-rules.manifest.ts";
import { rulesRoutes } from "./keep-rules.ts";

const { policy: POLICY, calendars: CALENDARS } = shippedRules;
const NOW = instantOf(WEDNESDAY_MORNING);
const TOMORROW = toIso(plus(NOW, DAY_MS));
const GOOD = {
  policy: { ...POLICY, name: "Ours" },
  basedOn: 1,
  inForceFrom: TOMORROW,
  reason: "High is promised within three hours",
};

let desk: RequestDesk;
let routes: ReturnType<RequestDesk["routes"]>;
beforeEach(async () => {
  desk = await openRequestDesk(undefined, { rulesRefreshMs: 60 * SECOND_MS });
  routes = desk.routes(manifest, rulesRoutes);
});

const apply = (change: object = {}, key?: string) =>
  routes["apply-policy"]({
    as: "mona",
    body: { ...GOOD, ...change },
    ...(key !== undefined && { headers: { "idempotency-key": key } }),
  });
const versions = async () => (await routes["list-policy-versions"]({ as: "ana" })).body.versions;

describe("when a manager applies a policy", () => {
  test("it is the next version, told with who made it when and why, and in force from its instant on", async () => {
    const { status, headers, body } = await apply({ movesUnfinished: true });
    expect([status, headers.location]).toEqual([201, "/v1/policy/versions/2"]);
    expect(body).toEqual({ version: 2, calendars: [], inForceFrom: TOMORROW });

    const second = {
      version: 2,
      madeBy: "prin_mona",
      madeAt: WEDNESDAY_MORNING,
      reason: GOOD.reason,
      movesUnfinished: true,
    };
    expect(await versions()).toEqual([
      { ...second, inForce: false, inForceFrom: TOMORROW },
      { version: 1, inForce: true },
    ]);
    desk.moveOn(DAY_MS);
    expect((await versions()).map(({ inForce }: { inForce: boolean }) => inForce)).toEqual([true, false]);
    const whole = await routes["read-policy-version"]({ as: "ana", path: { version: "2" } });
    expect(whole.body).toMatchObject({ ...second, inForce: true, policy: { name: "Ours", version: 2 } });
  });

  test("as soon as every function can know it, where no instant is given", async () => {
    const { status, body } = await apply({ inForceFrom: undefined });
    expect({ status, inForceFrom: body.inForceFrom }).toEqual({
      status: 201,
      inForceFrom: toIso(plus(NOW, 120 * SECOND_MS)),
    });
  });

  test("calendars that come with it are versions of their own", async () => {
    const [hours] = CALENDARS;
    const { body } = await apply({ calendars: [{ ...hours, holidays: [] }] });
    expect(body.calendars).toEqual([{ id: hours?.id, version: 2 }]);
  });

  test("just after another, on the version that will be in force as soon as the desk says", async () => {
    await apply();
    const { body } = await routes["list-policy-versions"]({ as: "mona" });
    expect(body.soonest).toBe(toIso(plus(NOW, 120 * SECOND_MS)));
    expect(await apply({ basedOn: 2, reason: "Back again" })).toMatchObject({ status: 201 });
  });

  test("on the version in force by then, whatever is in force now", async () => {
    await apply();
    expect(await apply({ basedOn: 2, inForceFrom: toIso(plus(NOW, 2 * DAY_MS)) })).toMatchObject({ status: 201 });
    expect(await apply({ inForceFrom: toIso(plus(NOW, HOUR_MS)) })).toMatchObject({ status: 201 });
  });
});

describe("when a policy is refused, nothing is changed, and it is told why:", () => {
  test.each<[string, object, number, string, object]>([
    [
      "a calendar that is nowhere",
      { policy: { ...POLICY, teams: POLICY.teams.map((team) => ({ ...team, hours: "nowhere" })) } },
      400,
      "invalid-request",
      { errors: expect.arrayContaining([expect.objectContaining({ path: "policy.teams.0.hours" })]) },
    ],
    [
      "urgent cases that would wait in silence",
      { policy: { ...POLICY, routing: [{ id: "own", when: {}, team: "account-team" }] } },
      400,
      "invalid-request",
      { errors: [expect.objectContaining({ path: "policy.routing.0.team" })] },
    ],
    [
      "a calendar with a fault of its own",
      { calendars: [{ ...CALENDARS[0], week: {} }] },
      400,
      "invalid-request",
      { errors: [expect.objectContaining({ path: "calendars.0.week" })] },
    ],
    [
      "an escalation that leads nowhere but to where the case is",
      {
        policy: {
          ...POLICY,
          escalation: [{ id: "round", when: { tier: [2, 3] }, toTier: 2, tells: ["team-lead"] }],
        },
      },
      400,
      "invalid-request",
      { errors: [expect.objectContaining({ path: "policy.escalation.0.when.tier" })] },
    ],
    ["another shape", { policy: { ...POLICY, topTier: 11 } }, 400, "invalid-request", {}],
    ["no reason", { reason: " " }, 400, "invalid-request", {}],
    ["a misspelt field", { basedUpon: 1 }, 400, "invalid-request", {}],
    ["an instant that is past", { inForceFrom: toIso(plus(NOW, -1)) }, 422, "too-soon", {}],
    [
      "one before every function knows it",
      { inForceFrom: toIso(plus(NOW, 119 * SECOND_MS)) },
      422,
      "too-soon",
      { errors: [{ path: "inForceFrom", message: expect.stringContaining(toIso(plus(NOW, 120 * SECOND_MS))) }] },
    ],
    ["a version that is not there to be based on", { basedOn: 7 }, 409, "rules-outdated", { currentVersion: 1 }],
  ])("%s", async (_, change, status, code, more) => {
    const before = await desk.everything();
    expect(await apply(change)).toMatchObject({ status, body: { type: `urn:ithaca:problem:${code}`, ...more } });
    expect(await desk.everything()).toBe(before);
  });

  test("one that is older than what will be in force", async () => {
    await apply();
    const later = toIso(plus(NOW, 2 * DAY_MS));
    const { status, body } = await apply({ inForceFrom: later });
    expect([status, body.type, body.currentVersion]).toEqual([409, "urn:ithaca:problem:rules-outdated", 2]);
    expect(await versions()).toHaveLength(2);
  });

  test("rules that somebody else changes at the same moment", async () => {
    const rules = { ...desk.store.rules, put: async () => false };
    const raced = desk.routes(manifest, rulesRoutes, { rules });
    const { status, body } = await raced["apply-policy"]({ as: "mona", body: GOOD });
    expect([status, body.type]).toEqual([409, "urn:ithaca:problem:rules-changed"]);
  });

  test("a version that is not there", async () => {
    expect(await routes["read-policy-version"]({ as: "ana", path: { version: "9" } })).toMatchObject({ status: 404 });
  });
});

describe("when the same request comes again", () => {
  test("it is answered by what it made, however late, and nothing is made", async () => {
    const first = await apply({}, "key-1");
    desk.moveOn(2 * DAY_MS);
    const again = await apply({}, "key-1");
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { "Idempotent-Replayed": "true" } });
    expect(await versions()).toHaveLength(2);
  });
});
