import type { SubjectWord } from "../policy/policy.ts";

const REPLY_PREFIX = /^\s*(?:re|fwd?|aw|wg)\s*(?:\[\d{1,3}\])?\s*:/i;
const PREFIXES_MAX = 20;

/**
 * Which word of the policy a subject holds (support-policy.md, The word in the subject): "critical" as a whole word in
 * any letter case, once Re: and Fwd: are taken off; "not critical" and "non-critical" say the opposite. A subject that
 * holds both says critical.
 */
export function subjectWord(subject: string): SubjectWord | undefined {
  let found: SubjectWord | undefined;
  const words =
    withoutReplyPrefixes(subject)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu) ?? [];
  for (const [at, word] of words.entries()) {
    if (word !== "critical") continue;
    if (!isNegated(words[at - 2], words[at - 1])) return "critical";
    found = "not-critical";
  }
  return found;
}

function isNegated(wordBefore: string | undefined, between: string | undefined): boolean {
  if (wordBefore === "not") return between !== undefined && between.trim() === "";
  return wordBefore === "non" && (between === "-" || between?.trim() === "");
}

function withoutReplyPrefixes(subject: string): string {
  let rest = subject;
  for (let taken = 0; taken < PREFIXES_MAX; taken += 1) {
    const prefix = REPLY_PREFIX.exec(rest);
    if (prefix === null) break;
    rest = rest.slice(prefix[0].length);
  }
  return rest;
}
