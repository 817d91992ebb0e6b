import { instant, MINUTE_MS, note, plus } from "@ithaca/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BY, openExample, START } from "../contract/example-appends.ts";
import { exampleRules } from "../contract/example-rules.ts";
import { openMemoryStore } from "../open-memory-store.ts";
import type { CaseView } from "../ports/cases.ts";

/** Where a case is listed. Its place in a list is its due, and without one when it changed. */
interface Place {
  readonly due: number | undefined;
  readonly team: "main" | "au";
  readonly atRisk: boolean;
  readonly category: "active" | "waiting" | "done";
}

const places = fc.record<Place>({
  due: fc.option(fc.nat(20), { nil: undefined }),
  team: fc.constantFrom("main", "au"),
  atRisk: fc.boolean(),
  category: fc.constantFrom("active", "active", "active", "waiting", "done"),
});

/** Where each case is at first, how long a page is, and after each page: which case moves where, or is opened there. */
const readings = fc.record({
  first: fc.array(places, { minLength: 1, maxLength: 14 }),
  limit: fc.integer({ min: 1, max: 5 }),
  moves: fc.array(fc.record({ which: fc.nat(20), to: places }), { maxLength: 8 }),
});

const BOTH = ["main", "au"];
const VIEWS: readonly [string, CaseView, (place: Place) => boolean][] = [
  ["a team's", { team: "main", category: "active" }, ({ team, category }) => team === "main" && category === "active"],
  ["the desk's", { team: BOTH, category: "active" }, ({ category }) => category === "active"],
  ["what waits", { team: BOTH, category: "waiting" }, ({ category }) => category === "waiting"],
  ["what is done", { team: BOTH, category: "done" }, ({ category }) => category === "done"],
  [
    "what is at risk",
    { team: BOTH, category: "active", only: "at-risk" },
    ({ category, atRisk }) => category === "active" && atRisk,
  ],
  ["what is nobody's", { team: BOTH, category: "active", only: "unassigned" }, ({ category }) => category === "active"],
];

/** Some cases of a store, each where it was put last. */
async function openListed(first: readonly Place[]) {
  const store = openMemoryStore({ clock: () => START, random: () => 0, shipped: exampleRules() });
  const at: { id: string; place: Place }[] = [];
  const move = async (id: string, { due, team, atRisk, category }: Place) => {
    const dueAt = due === undefined ? undefined : plus(START, due * MINUTE_MS);
    await store.cases.rewriteProjection(id, 1, { team, category, atRisk, dueAt, wakeAt: undefined });
  };
  const open = async (place: Place) => {
    const { caseId } = (await openExample(store)).append;
    at.push({ id: caseId, place });
    await move(caseId, place);
  };
  for (const place of first) await open(place);
  return { cases: store.cases, listed: at, move, open };
}

describe("while a list is read page by page and cases move in it, into it and out of it", () => {
  test.each(VIEWS)(
    "in %s, a case that stays where it is comes exactly once, and the pages end",
    async (_, view, holds) => {
      let stayedInAll = 0;
      await fc.assert(
        fc.asyncProperty(readings, async ({ first, limit, moves }) => {
          const { cases, listed, move, open } = await openListed(first);
          const before = [...listed];
          const moved = new Set<string>();
          const seen: string[] = [];
          let cursor: string | undefined;
          let pages = 0;
          do {
            const page = await cases.list(view, limit, cursor);
            seen.push(...page.items.map((one) => one.case.id));
            cursor = page.cursor;
            const next = moves[pages];
            const one = listed[next?.which ?? 0];
            if (next !== undefined && one !== undefined) {
              moved.add(one.id);
              await move(one.id, next.to);
            } else if (next !== undefined) await open(next.to);
            pages += 1;
          } while (cursor !== undefined);

          const stayed = before.filter(({ id, place }) => holds(place) && !moved.has(id));
          stayedInAll += stayed.length;
          expect(stayed.map(({ id }) => seen.filter((one) => one === id).length)).toEqual(stayed.map(() => 1));
          const never = before.filter(({ id, place }) => !holds(place) && !moved.has(id));
          expect(never.filter(({ id }) => seen.includes(id))).toEqual([]);
          // Every page but the last holds something, and nothing comes back to a place behind the cursor by itself.
          expect(pages).toBeLessThanOrEqual(before.length + moves.length + 1);
        }),
        { numRuns: 60 },
      );
      expect(stayedInAll).toBeGreaterThan(20);
    },
  );
});

/** A case changes, some time passes, somebody asks what changed. */
type Step = { what: "change"; which: number } | { what: "pass"; ms: number } | { what: "ask"; limit: number };

const days = fc.array(
  fc.oneof(
    fc.record({ what: fc.constant<"change">("change"), which: fc.nat(5) }),
    fc.record({ what: fc.constant<"pass">("pass"), ms: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ what: fc.constant<"ask">("ask"), limit: fc.integer({ min: 1, max: 4 }) }),
  ),
  { minLength: 5, maxLength: 60 },
);

/** A desk of six cases whose clock is moved by hand, and somebody who follows what changes in it. */
async function openFollowed() {
  let now = START;
  const { cases, ...store } = openMemoryStore({ clock: () => now, random: () => 0, shipped: exampleRules() });
  let { cursor } = await cases.changes(now, now, 1);
  now = plus(now, 1);
  const ids: string[] = [];
  for (let at = 0; at < 6; at += 1) ids.push((await openExample({ cases, ...store }, {}, now)).append.caseId);
  const versions = new Map<string, number>();

  const pass = (ms: number) => {
    now = plus(now, ms);
  };
  /** Reads a page. What happens at the instant of asking may not be whole yet: it is read up to the one before. */
  const ask = async (limit: number): Promise<boolean> => {
    const page = await cases.changes(cursor, instant(now - 1), limit);
    for (const { case: one } of page.items) {
      expect(one.version).toBeGreaterThan(versions.get(one.id) ?? 0);
      versions.set(one.id, one.version);
    }
    ({ cursor } = page);
    return page.more;
  };
  const live = async (step: Step): Promise<void> => {
    if (step.what === "pass") pass(step.ms);
    else if (step.what === "ask") await ask(step.limit);
    else await cases.change(String(ids[step.which]), (one, _rules, at) => note(one, "msg_note", at, BY));
  };
  return { ids, cases, versions, pass, ask, live };
}

describe("while somebody follows the changes of a desk by the cursor", () => {
  test("each case is told as it came to be, none at a version that was told before, and all in the end", async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(days, async (day) => {
        const { ids, cases, versions, pass, live, ask } = await openFollowed();
        for (const step of day) await live(step);
        told += versions.size;
        pass(2);
        while (await ask(2));
        for (const id of ids) expect(versions.get(id)).toBe((await cases.read(id))?.version);
      }),
      { numRuns: 100 },
    );
    expect(told).toBeGreaterThan(50);
  });
});
