import { HOUR_MS, SECOND_MS } from "@ithaca/domain";
import { beforeEach, describe, expect, test } from "vitest";
import { openRequestDesk, type RequestDesk } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

let desk: RequestDesk;
let routes: ReturnType<typeof routesOf>;
let path: { number: string };

beforeEach(async () => {
  desk = await openRequestDesk();
  routes = routesOf(desk);
  const body = { channel: "portal", channelMessageId: "1", subject: "Help", text: "Help!" };
  path = { number: (await routes["send-message"]({ as: "cleo", body })).body.number };
});

const read = () => routes["read-case"]({ as: "ana", path });

describe("the version that an agent goes by", () => {
  test("stays while what is owed makes progress, for no agent made that", async () => {
    const { headers } = await read();
    const caseId = `case_${path.number}`;
    const [mail] = await desk.store.effects.ofCase(caseId, 10);
    const effectId = String(mail?.id);
    await desk.store.effects.claim(caseId, effectId, desk.ports.clock(), 30 * SECOND_MS);
    expect((await read()).headers.etag).toBe(headers.etag);
    await desk.store.effects.end(caseId, effectId, { status: "done" }, desk.ports.clock());
    desk.moveOn(HOUR_MS);
    expect((await read()).headers.etag).toBe(headers.etag);
  });

  test("changes only with facts that the agent is shown", async () => {
    for (const [id, body] of [
      ["write-note", { text: "Odd." }],
      ["take-case", { assignee: "me" }],
      ["change-tags", { tags: ["a"] }],
      ["change-tags", { tags: ["a"] }],
      ["write-reply", { text: "Like this." }],
      ["resolve-case", {}],
    ] as const) {
      const before = await read();
      await routes[id]({ as: "ana", path, headers: { "if-match": String(before.headers.etag) }, body });
      const after = await read();
      const shown = after.body.facts.length - before.body.facts.length;
      expect([id, after.headers.etag !== before.headers.etag]).toEqual([id, shown > 0]);
    }
  });

  test("tells the second of two who answer at once of the first's answer, and sends nothing of theirs", async () => {
    const headers = { "if-match": String((await read()).headers.etag) };
    const answer = (as: "ana" | "lena", text: string) => routes["write-reply"]({ as, path, headers, body: { text } });
    const answers = await Promise.all([answer("ana", "Like this."), answer("lena", "Like that.")]);
    const second = answers.find(({ status }) => status !== 201);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    expect(second?.body).toMatchObject({ currentVersion: 2, changed: expect.arrayContaining(["ReplyWritten"]) });
    const outbound = (await read()).body.messages.filter(
      ({ direction }: { direction: string }) => direction === "outbound",
    );
    expect(outbound).toHaveLength(1);
  });
});
