import { type Mutant, mutant } from "./mutant.ts";

const MERGE = "packages/domain/src/case/merge.ts";
const SPLIT = "packages/domain/src/case/split.ts";
const OWED = "packages/domain/src/effect/owed-by.ts";
const COMBINE = "functions/src/cases/combine-cases.ts";
const BOTH = "packages/store/src/cases/change-both.ts";

/** What is decided on two cases at once, and what is done of it when it is asked for again. */
export const COMBINE_MUTANTS: readonly Mutant[] = [
  mutant(
    "merge-forgets-who-waits",
    MERGE,
    "...(isOwed(other) && waiting.length > 0 &&",
    "...(isOwed(other) && waiting.length < 0 &&",
  ),
  mutant("merge-owes-no-answer", MERGE, "return unanswered === undefined ? []", "return unanswered !== null ? []"),
  mutant(
    "merge-leaves-people-behind",
    MERGE,
    "messageIds: [...messageIds],\n    participants,",
    "messageIds: [...messageIds],\n    participants: [],",
  ),
  mutant("merge-tells-uninvited", MERGE, "...(notify === true && {", "...(notify !== undefined && {"),
  mutant(
    "merge-as-it-was-read",
    COMBINE,
    'if (second.version !== recorded.at(-1)?.version) return refuse("moved-on");',
    "",
  ),
  mutant("merge-of-other-accounts", MERGE, 'if (!belongTogether(survivor, other)) return refuse("other-account");', ""),
  mutant(
    "merge-key-not-claimed",
    BOTH,
    "if (idempotency === undefined) return {};",
    "if (idempotency !== null) return {};",
  ),
  mutant(
    "unmerge-leaves-people",
    MERGE,
    "const participantIds = merged.participants.map(({ personId }) => personId);",
    "const participantIds: string[] = [];",
  ),
  mutant(
    "unmerge-of-what-was-split",
    MERGE,
    'if (messageIds.some((id) => !here.includes(id))) return refuse("split-since");',
    "",
  ),
  mutant(
    "unmerge-clock-of-the-gone",
    COMBINE,
    'waitingSince(facts, merged?.type === "CaseMerged" ? merged.messageIds : [])',
    "waitingSince(facts)",
  ),
  mutant(
    "unmerge-starts-no-clock",
    MERGE,
    'CATEGORY_OF[status] === "done" ? [] : clocksOfRestored',
    'CATEGORY_OF[status] !== "done" ? [] : clocksOfRestored',
  ),
  mutant("split-clock-of-the-gone", COMBINE, "waitingSince(facts, [messageId])", "waitingSince(facts)"),
  mutant(
    "split-of-another-account",
    SPLIT,
    "const { requestedPriority, senderVerified, accountId, accountTeam } = current;",
    "const { requestedPriority, senderVerified, accountTeam, accountId = undefined } = { ...current, accountId: undefined };",
  ),
  mutant(
    "split-is-acknowledged",
    OWED,
    'const told = isSplit ? facts.filter(({ type }) => type !== "CaseOpened") : facts;',
    "const told = isSplit ? [...facts] : facts;",
  ),
];
