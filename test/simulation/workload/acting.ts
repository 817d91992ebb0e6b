import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "@ithaca/domain";
import { chanceOf } from "../world/chance.ts";
import type { ApiAnswer, ApiRequest, World } from "../world/world.ts";
import { atLength } from "./at-length.ts";
import { type Cast, machineClaims, userClaims } from "./cast.ts";
import { onceMarker } from "./markers.ts";
import type { Acting, MessageToSend, SentMessage, Story } from "./operation.ts";

const PATIENCE_MS = 2 * DAY_MS;
const REST_FIRST_MS = SECOND_MS;
const REST_MAX_MS = 10 * MINUTE_MS;
const STALE_TRIES = 4;
const LATER_MAX_MS = 10 * HOUR_MS;
const VOUCHING = ["portal", "chat"];
const BY_MACHINE_EACH = 2;
/** So many of the latest cases of an account are remembered. */
const OTHERS_MAX = 5;

interface ActingWorld {
  readonly seed: number;
  readonly world: World;
  readonly cast: Cast;
  readonly messages: SentMessage[];
  readonly onAnswer: (request: ApiRequest, answer: ApiAnswer) => void;
  readonly violated: (law: string, what: string) => void;
}

/** What the operations of a world act with. */
export function openActing(acting: ActingWorld): (story: Story, step: number) => Acting {
  const { seed, world, cast, messages, onAnswer, violated } = acting;
  const { agenda } = world;
  const numbers = new Map<string, string[]>();
  const sentAs = new Map<string, SentMessage>();

  /** Under one key until there is an answer that is one. */
  function ask(request: ApiRequest, key: string, then: (answer: ApiAnswer) => void): void {
    const giveUpAt = agenda.now() + PATIENCE_MS;
    const attempt = (tries: number) => {
      world.request(request, `${key}.${tries}`, (answer) => {
        if (answer.status > 0) onAnswer(request, answer);
        if (answer.status > 0 && answer.status < 500 && answer.status !== 429) return then(answer);
        if (agenda.now() > giveUpAt) {
          violated("answers", `${key}: ${request.route} was asked for two days, and nobody answered`);
          return;
        }
        agenda.after(Math.min(REST_MAX_MS, REST_FIRST_MS * 2 ** tries), () => attempt(tries + 1));
      });
    };
    attempt(1);
  }

  return (story, step) => {
    const chance = chanceOf(seed, "story", story.id, "step", step);
    const agent = chance.pick(cast.agents);
    let asked = 0;
    const keyOf = () => {
      asked += 1;
      return `story-${story.id}-${step}-${asked}`;
    };
    const asAgent = { claims: userClaims(agent.subject) };

    function change(request: Omit<ApiRequest, "params">, params: Readonly<Record<string, string>>, tries = 1): void {
      const { number } = story;
      if (number === undefined) return;
      ask({ route: "read-case", ...asAgent, params: { number } }, keyOf(), (read) => {
        const tag = read.headers.etag;
        if (read.status !== 200 || tag === undefined)
          return violated("intake", `case ${number} was promised and is not there`);
        const key = keyOf();
        const headers = { "if-match": tag, "idempotency-key": key };
        ask({ ...asAgent, ...atLengthIn(request), params: { number, ...params }, headers }, key, (answer) => {
          if (answer.status === 412 && tries < STALE_TRIES) change(request, params, tries + 1);
          else if (![200, 201, 409, 412, 422].includes(answer.status)) {
            violated("answers", `${request.route} on a case of ours was answered ${answer.status}: ${answer.text}`);
          }
        });
      });
    }

    /** What an agent writes is long now and then, too. */
    function atLengthIn<Asked extends { readonly body?: unknown }>(request: Asked): Asked {
      const { text } = (request.body ?? {}) as { text?: string };
      if (text === undefined) return request;
      return { ...request, body: { ...(request.body as object), text: atLength(text, seed, story.id, "step", step) } };
    }

    function send(message: MessageToSend): { channelMessageId: string } {
      const { customer } = story;
      const { channel, subject, again, automatic = false } = message;
      story.sent += 1;
      const channelMessageId = again?.channelMessageId ?? `<${seed}.${story.id}.${story.sent}@${channel}.example>`;
      const known = sentAs.get(channelMessageId);
      // Each is told apart from all others.
      const text = atLength(`${message.text} (${story.id}.${story.sent})`, seed, story.id, "sent", story.sent);
      const sent: SentMessage = known ?? { story: story.id, channel, channelMessageId, text, subject, automatic };
      if (known === undefined) messages.push(sent);
      sentAs.set(channelMessageId, sent);
      const key = keyOf();
      ask(
        {
          route: "send-message",
          claims: claimsFor(story, channel),
          headers: { "idempotency-key": key },
          body: bodyOf(message),
        },
        key,
        (answer) => {
          if (answer.status !== 200 && answer.status !== 201) {
            return violated("intake", `a message was answered ${answer.status}: ${answer.text}`);
          }
          const receipt = JSON.parse(answer.text) as NonNullable<SentMessage["receipt"]>;
          if (sent.receipt !== undefined && sent.receipt.messageId !== receipt.messageId) {
            violated("intake", `${channelMessageId} became ${sent.receipt.messageId} and then ${receipt.messageId}`);
          }
          sent.receipt ??= receipt;
          story.number ??= receipt.number;
          const ofAccount = numbers.get(customer.accountId ?? "") ?? [];
          numbers.set(customer.accountId ?? "", [receipt.number, ...ofAccount.slice(0, OTHERS_MAX)]);
        },
      );
      return { channelMessageId };

      function bodyOf({ subject, priority, caseNumber }: MessageToSend) {
        return {
          channel,
          channelMessageId,
          text: sent.text,
          ...(signsIn(story, channel) ? {} : { from: senderOf(story, channel) }),
          ...(subject !== undefined && { subject }),
          ...(priority !== undefined && { requestedPriority: priority }),
          ...(caseNumber !== undefined && { caseNumber }),
          ...(channel === "email" && {
            evidence: {
              automatic,
              authentication: { spf: "pass", dkim: "pass", dmarc: customer.accountId === undefined ? "none" : "pass" },
            },
          }),
        };
      }
    }

    return {
      world,
      cast,
      story,
      chance,
      agent,
      once: onceMarker(story.id, step),
      ask: (request, then) => ask(request, keyOf(), then ?? (() => undefined)),
      change: (request, params = {}) => change(request, params),
      later: (act) => void world.agenda.after(chance.between(0, LATER_MAX_MS), act),
      others: () => (numbers.get(story.customer.accountId ?? "") ?? []).filter((number) => number !== story.number),
      send,
      violated,
    };
  };
}

/**
 * On the portal and in the chat customers are signed in, most of them to the desk itself; for all others the channel's
 * machine writes.
 */
function signsIn({ id, customer }: Story, channel: string): boolean {
  return customer.subject !== undefined && VOUCHING.includes(channel) && id % BY_MACHINE_EACH !== 0;
}

/** A machine that vouches for whom it writes names their account, too. */
function senderOf({ customer }: Story, channel: string) {
  const { address, accountId } = customer;
  return { address, ...(VOUCHING.includes(channel) && accountId !== undefined && { accountId }) };
}

function claimsFor(story: Story, channel: string) {
  const { subject } = story.customer;
  return signsIn(story, channel) && subject !== undefined ? userClaims(subject) : machineClaims(channel);
}
