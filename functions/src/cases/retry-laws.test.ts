import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openRequestDesk, type Response } from "../fixtures/request-desk.ts";
import { routesOf } from "../fixtures/routes-of.ts";

/** Requests of an agent, each under a key of its own, with the fact that it makes. */
const REQUESTS = [
  ["write-reply", {}, { text: "Like this." }, "ReplyWritten"],
  ["write-note", {}, { text: "Odd." }, "NoteWritten"],
  ["write-note", {}, { text: "She has it now.", connectedCall: true }, "CallConnected"],
  ["take-case", {}, { assignee: "me" }, "CaseTaken"],
  ["change-tags", {}, { tags: ["a"] }, "TagsChanged"],
  ["change-team", {}, { team: "au", reason: "There." }, "CaseHandedOver"],
  ["merge-case", { other: true }, undefined, "CaseMerged"],
  ["split-case", {}, { messageId: "late" }, "MessageSplitOff"],
] as const;

/** In which order the requests come, each again as often as it is in the list: late repeats, repeats at once. */
const schedules = fc.array(fc.record({ which: fc.nat(REQUESTS.length - 1), atOnce: fc.boolean() }), {
  minLength: 1,
  maxLength: 20,
});

/** A desk with a case, another one of its customer, and whoever sends each request as often as they like. */
async function openRetrier() {
  const desk = await openRequestDesk();
  const routes = routesOf(desk);
  const message = { channel: "portal", subject: "Help", text: "Help!" };
  const send = async (channelMessageId: string, caseNumber?: string) =>
    (await routes["send-message"]({ as: "cleo", body: { ...message, channelMessageId, caseNumber } })).body;
  const [{ number }, { number: other }] = [await send("1"), await send("2")];
  const { messageId } = await send("3", number);
  const versions = new Map<number, string>();

  return {
    /** A request goes by the version that was seen when it was sent first. */
    ask: async (which: number): Promise<Response> => {
      const [id, path, body] = REQUESTS[which] ?? REQUESTS[0];
      const seen = versions.get(which) ?? (await routes["read-case"]({ as: "ana", path: { number } })).headers.etag;
      versions.set(which, String(seen));
      const said = body !== undefined && "messageId" in body ? { messageId } : body;
      return routes[id]({
        as: "ana",
        path: { number, ...("other" in path && { other }) },
        headers: { "if-match": String(seen), "idempotency-key": `key-${which}` },
        ...(said !== undefined && { body: said }),
      });
    },
    factTypes: async () => {
      const recorded = await desk.store.cases.facts(`case_${number}`, 0, 500);
      return recorded.flatMap(({ facts }) => facts.map(({ type }) => type));
    },
  };
}

const told = ({ status, body }: Response) => [status, body.messageId, body.opened];

/** Sends a whole schedule. Gives what was done, by request, and how many answers repeated an earlier one. */
async function sendAll(
  ask: (which: number) => Promise<Response>,
  schedule: readonly { which: number; atOnce: boolean }[],
): Promise<{ done: ReadonlyMap<number, Response>; repeats: number }> {
  const done = new Map<number, Response>();
  let repeats = 0;
  for (const { which, atOnce } of schedule) {
    const answers = await Promise.all(Array.from({ length: atOnce ? 2 : 1 }, () => ask(which)));
    const well = answers.filter(({ status }) => status < 300);
    for (const answer of well) expect(told(answer)).toEqual(told(done.get(which) ?? well[0] ?? answer));
    repeats += Math.max(0, well.length - (done.has(which) ? 0 : 1));
    for (const answer of well) done.set(which, answer);
  }
  return { done, repeats };
}

describe("however often and whenever a change is sent again under its key", () => {
  test("it is done once, and each answer after the first is the same", async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const { ask, factTypes } = await openRetrier();
        const { done, repeats } = await sendAll(ask, schedule);
        seen += repeats;

        const types = await factTypes();
        const made = REQUESTS.map(([, , , fact]) => types.filter((one) => one === fact).length);
        expect(made).toEqual(REQUESTS.map((_, which) => Number(done.has(which))));
      }),
      { numRuns: 40 },
    );
    expect(seen).toBeGreaterThan(20);
  });
});
