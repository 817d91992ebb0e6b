import { MINUTE_MS, plus } from "@ithaca/domain";
import { describe, expect, test } from "vitest";
import type { Store } from "../store.ts";
import { newSuffix, START } from "./example-appends.ts";
import { exampleCalendar, examplePolicy } from "./example-rules.ts";

const CHANGE = { by: "prin_manager", at: START, reason: "Trial", inForceFrom: plus(START, MINUTE_MS) };

/** What every store of rules does, whatever is under it. The table may hold rules of other situations already. */
export function rulesContract(open: () => Promise<Store>): void {
  const newVersion = () => 2 + Number(newSuffix());

  describe("when a policy or a calendar is put", () => {
    test("it is found by its version, in the timeline from its instant on, and first in the history", async () => {
      const { rules } = await open();
      const { revision } = await rules.timeline();
      const [policy, calendar] = [examplePolicy(newVersion()), exampleCalendar(newVersion())];
      expect(await rules.putPolicy(policy, CHANGE, revision)).toBe(true);
      expect(await rules.putCalendar(calendar, CHANGE, revision + 1)).toBe(true);

      expect(await rules.policy(policy.version)).toEqual(policy);
      expect(await rules.calendar(calendar.id, calendar.version)).toEqual(calendar);
      const absent = { id: calendar.id, version: calendar.version + 1_000_000_000 };
      expect(await rules.calendars([absent, calendar])).toEqual([calendar]);
      const timeline = await rules.timeline();
      expect(timeline.revision).toBe(revision + 2);
      expect(timeline.policy.at(-1)).toEqual({ version: policy.version, from: CHANGE.inForceFrom });
      expect(timeline.calendars[calendar.id]?.at(-1)).toEqual({ version: calendar.version, from: CHANGE.inForceFrom });
      expect((await rules.history()).slice(0, 2)).toEqual([
        { ...CHANGE, calendar: calendar.id, version: calendar.version },
        { ...CHANGE, policy: policy.version },
      ]);
    });

    test("a policy that moves unfinished cycles says so in the timeline, and nowhere else", async () => {
      const { rules } = await open();
      const { revision } = await rules.timeline();
      const policy = examplePolicy(newVersion());
      expect(await rules.putPolicy(policy, { ...CHANGE, movesUnfinished: true }, revision)).toBe(true);
      expect((await rules.timeline()).policy.at(-1)).toEqual({
        version: policy.version,
        from: CHANGE.inForceFrom,
        movesUnfinished: true,
      });
      expect((await rules.history())[0]).toEqual({ ...CHANGE, policy: policy.version });
    });

    test("by somebody who saw an older timeline: refused, and nothing is written", async () => {
      const { rules } = await open();
      const { revision } = await rules.timeline();
      const [first, second] = [examplePolicy(newVersion()), examplePolicy(newVersion())];
      const put = await Promise.all([first, second].map((policy) => rules.putPolicy(policy, CHANGE, revision)));
      expect(put.filter((done) => done)).toHaveLength(1);
      expect(await rules.policy((put[0] === true ? second : first).version)).toBeUndefined();
    });

    test("a version is never written over", async () => {
      const { rules } = await open();
      const policy = examplePolicy(newVersion());
      await rules.putPolicy(policy, CHANGE, (await rules.timeline()).revision);
      const { revision } = await rules.timeline();
      expect(await rules.putPolicy({ ...policy, name: "Other" }, CHANGE, revision)).toBe(false);
      expect(await rules.policy(policy.version)).toEqual(policy);
      expect((await rules.timeline()).revision).toBe(revision);
    });

    test("one that is not there is not there", async () => {
      const { rules } = await open();
      expect(await rules.policy(newVersion())).toBeUndefined();
      expect(await rules.calendar("absent", 1)).toBeUndefined();
    });
  });
}
