import { machineClaims, userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

const DENIED = [400, 401, 403, 404];

/** Somebody tries what is not theirs to do: none of it is answered, and none of it changes anything. */
export const trespass: Operation = {
  name: "trespass",
  weight: 2,
  run: ({ story, ask, cast, chance, violated }) => {
    const { number, customer } = story;
    if (number === undefined) return;
    const other = chance.pick(cast.customers.filter(({ accountId }) => accountId !== customer.accountId));
    const theirs = other.subject === undefined ? undefined : userClaims(other.subject);
    const own = customer.subject === undefined ? undefined : userClaims(customer.subject);
    const params = { number };
    const headers = { "if-match": '"1"', "idempotency-key": `trespass-${story.id}` };
    const attempts = [
      { route: "read-case", claims: theirs, params },
      { route: "write-reply", claims: own, params, headers, body: { text: "I am an agent." } },
      { route: "write-note", claims: theirs, params, headers, body: { text: "I am an agent." } },
      { route: "resolve-case", claims: theirs, params, headers, body: {} },
      { route: "change-priority", claims: own, params, headers, body: { priority: "critical" } },
      { route: "take-case", claims: machineClaims("portal"), params, headers, body: { assignee: "me" } },
      { route: "list-cases", claims: theirs, query: { team: "main" } },
      { route: "explain-clock", claims: own, params: { number, metric: "first-response" } },
      { route: "read-case", claims: { ...theirs, token_use: "id" }, params },
      { route: "read-case", claims: { ...own, token_use: "id" }, params },
      { route: "read-case", claims: machineClaims("email"), params },
      {
        route: "send-message",
        claims: { ...machineClaims("email"), scope: "other/scope" },
        body: {
          channel: "email",
          channelMessageId: `<no-scope-${story.id}>`,
          text: "x",
          from: { address: other.address },
        },
      },
      {
        route: "send-message",
        claims: machineClaims("email"),
        body: {
          channel: "portal",
          channelMessageId: `<no-channel-${story.id}>`,
          text: "x",
          from: { address: other.address },
        },
      },
    ] as const;
    for (const attempt of attempts.filter(() => chance.happens(0.4))) {
      // Somebody may have let them in to read it: whether anybody had is for the law of answers.
      const mayBeLetIn = theirs !== undefined && attempt.route === "read-case" && attempt.claims === theirs;
      ask(attempt, ({ status, text }) => {
        if (mayBeLetIn && status === 200) return;
        if (!DENIED.includes(status)) violated("authorization", `${attempt.route} was answered ${status}: ${text}`);
      });
    }
  },
};
