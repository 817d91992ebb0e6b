import { instant, nextVersion, plus } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import { START } from "../contract/example-appends.ts";
import { exampleCalendar, examplePolicy, exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import { applyRules } from "./apply-rules.ts";
import { MOVES_MAX, POLICIES_LISTED_MAX, policiesWith } from "./listed-versions.ts";
import { FaultyRules } from "./rules.ts";

const CHANGE = { by: "prin_max", at: START, reason: "Trial" };
/** Each version is in force a second after the one before it. */
const from = (version: number) => plus(START, version * 1_000);

/** A desk to which so many versions of the policy were applied, those whose numbers are given moving what is unfinished. */
async function deskOf(count: number, moves: (version: number) => boolean) {
  const ports = { clock: () => plus(START, -3_600_000), random: () => 0 };
  const store = openMemoryStore({ ...ports, shipped: exampleRules() });
  const apply = async (movesUnfinished: boolean) => {
    const timeline = await store.rules.timeline();
    const version = nextVersion(timeline.policy);
    const change = { ...CHANGE, inForceFrom: from(version), movesUnfinished };
    return {
      version,
      timeline,
      change,
      put: () => store.rules.putPolicy(examplePolicy(version), change, timeline.revision),
    };
  };
  for (let made = 0; made < count; made += 1) {
    const next = await apply(false);
    const change = { ...next.change, movesUnfinished: moves(next.version) };
    expect(await store.rules.putPolicy(examplePolicy(next.version), change, next.timeline.revision)).toBe(true);
  }
  return { store, apply };
}

describe("when more versions of the policy were made than a timeline lists", () => {
  test("those that moved unfinished clocks stay in it, and in the rulebook that measures older clocks", async () => {
    const { store } = await deskOf(POLICIES_LISTED_MAX + 20, (version) => version === 3 || version === 9);
    const { policy } = await store.rules.timeline();
    const versions = policy.map(({ version }) => version);
    expect(versions.slice(0, 2)).toEqual([3, 9]);
    expect(versions).toHaveLength(POLICIES_LISTED_MAX + 2);
    expect(versions.at(-1)).toBe(POLICIES_LISTED_MAX + 21);

    const now = instant(from(POLICIES_LISTED_MAX + 30));
    const { moves } = await store.rulebooks.inForce(now, []);
    expect(moves.map((move) => [move.policy.version, move.from])).toEqual([
      [3, from(3)],
      [9, from(9)],
    ]);
  });

  test("of the others the oldest are left out", () => {
    const place = (version: number) => ({ version, from: from(version) });
    const listed = Array.from({ length: POLICIES_LISTED_MAX }, (_, at) => place(at + 2));
    const next = policiesWith(listed, place(POLICIES_LISTED_MAX + 2));
    expect(next).toEqual([...listed.slice(1), place(POLICIES_LISTED_MAX + 2)]);
  });
});

describe("when as many versions moved unfinished clocks as there can be", () => {
  test("another one is refused with what to do, and nothing is changed; one that moves nothing is put", async () => {
    const { store, apply } = await deskOf(MOVES_MAX, () => true);
    const next = await apply(true);
    const proposal = { policy: examplePolicy(), calendars: [exampleCalendar(1)].slice(1), basedOn: next.version - 1 };
    expect(await applyRules(store.rules, exampleRules(), { ...proposal, change: next.change })).toMatchObject({
      code: "faulty",
      faults: [{ path: "/movesUnfinished", remedy: expect.stringContaining("without moving") }],
    });
    await expect(next.put()).rejects.toThrow(FaultyRules);
    expect((await store.rules.timeline()).revision).toBe(MOVES_MAX);
    expect(await (await apply(false)).put()).toBe(true);
    expect((await store.rules.timeline()).policy).toHaveLength(MOVES_MAX + 1);
  });
});
