import { type Mutant, mutant } from "./mutant.ts";

const DUE = "packages/domain/src/sla/due.ts";
const SETTLE = "packages/domain/src/sla/settle.ts";
const ROUTE = "packages/domain/src/routing/route.ts";
const CLASSIFY = "packages/domain/src/priority/classify.ts";
const AUTHORIZE = "packages/domain/src/access/authorize.ts";
const OWED = "packages/domain/src/effect/owed-by.ts";
const EVOLVE = "packages/domain/src/case/evolve.ts";
const WAKE = "packages/domain/src/case/wake.ts";
const RECEIVE = "packages/domain/src/case/receive-message.ts";
const NUMBER = "packages/domain/src/case/case-number.ts";
const PROJECTION = "packages/domain/src/case/projection.ts";
const PROMISE = "packages/domain/src/sla/promise.ts";

/** What the domain decides: clocks, routing, who may do what, what is owed, numbers. */
export const DOMAIN_MUTANTS: readonly Mutant[] = [
  mutant("clock-breach-at-the-due", DUE, "return plus(dueAt, 1);", "return plus(dueAt, 0);"),
  mutant("clock-breach-a-minute-late", DUE, "return plus(dueAt, 1);", "return plus(dueAt, 60_000);"),
  mutant(
    "clock-breached-twice",
    DUE,
    "return isRunning(cycle) && cycle.breachedAt === undefined;",
    "return isRunning(cycle);",
  ),
  mutant(
    "clock-breached-after-its-end",
    DUE,
    "return isRunning(cycle) && cycle.breachedAt === undefined;",
    "return cycle.breachedAt === undefined;",
  ),
  mutant("clock-warned-again", DUE, "return percent <= warnedPercent &&", "return percent < warnedPercent &&"),
  mutant("clock-earlier-is-later", DUE, "earlier: Math.min(dueMs, own),", "earlier: Math.max(dueMs, own),"),
  mutant(
    "clock-round-the-clock",
    PROMISE,
    "const hours = rulebook.hoursOf(segment.calendar);",
    "const hours = rulebook.hoursOf(undefined);",
  ),
  mutant(
    "clock-never-missed",
    SETTLE,
    "if (dueAt === undefined || now < breachCertainAt(dueAt)) return [];",
    "if (dueAt !== undefined || now > 0) return [];",
  ),
  mutant("clock-lowest-warning", SETTLE, ".findLast((due) => due.at <= now", ".find((due) => due.at <= now"),
  mutant(
    "clock-missed-is-met",
    SETTLE,
    'outcome: missed ? ("missed" as const)',
    'outcome: missed && dueAtOf(cycle) ? ("missed" as const)'.replace("dueAtOf(cycle)", "cycle.number > 1"),
  ),
  mutant("clock-wakes-once", WAKE, "return wanted.reduce(", "return wanted.slice(0, 1).reduce("),
  mutant(
    "routing-first-team",
    ROUTE,
    'if (rule.team === "account-team") return { team: own,',
    'if (rule.team === "account-team") return { team: policy.defaultTeam,',
  ),
  mutant(
    "routing-closed-team",
    ROUTE,
    "if (open.includes(own)) return { team: own, rule, nobodyOpen: false };",
    "return { team: own, rule, nobodyOpen: false };",
  ),
  mutant("routing-nobody-is-told", ROUTE, "nobodyOpen: open.length === 0 };", "nobodyOpen: false };"),
  mutant(
    "priority-as-anybody-likes",
    CLASSIFY,
    'rule.priority === "as-requested" ? message.requestedPriority : rule.priority',
    'rule.priority !== "" ? message.requestedPriority : rule.priority',
  ),
  mutant(
    "priority-any-channel",
    CLASSIFY,
    "if (when.channel !== undefined && !when.channel.includes(message.channel)) return false;",
    "",
  ),
  mutant(
    "authorization-any-account",
    AUTHORIZE,
    "return who.accountId !== undefined && who.accountId === of.accountId;",
    "return who.accountId !== undefined;",
  ),
  mutant(
    "authorization-any-channel",
    AUTHORIZE,
    'return resource.kind === "channel" && principal.channels.includes(resource.channel);',
    'return resource.kind === "channel";',
  ),
  mutant(
    "authorization-customers-reply",
    AUTHORIZE,
    '"case.reply": { agent: "agent", customer: "never",',
    '"case.reply": { agent: "agent", customer: "own-cases",',
  ),
  mutant(
    "authorization-customers-read-notes",
    AUTHORIZE,
    '"case.read-internal": { agent: "agent", customer: "never",',
    '"case.read-internal": { agent: "agent", customer: "own-cases",',
  ),
  mutant(
    "authorization-customers-list",
    AUTHORIZE,
    '"case.list": { agent: "agent", customer: "never",',
    '"case.list": { agent: "agent", customer: "always",',
  ),
  mutant("loop-automatic-is-answered", OWED, '...(automatic && { abandoned: "automatic-mail" }),', ""),
  mutant(
    "notice-to-the-customer",
    OWED,
    'return { kind: "team-lead", team: next.team };',
    'return { kind: "person", personId: next.requesterId };',
  ),
  mutant("notice-breach-tells-nobody", OWED, '{ owed: notice("breach", responsible(next), fact) },', ""),
  mutant(
    "notice-strangers-page",
    OWED,
    '...(!mayWake(next) && fact.by.kind !== "agent" && { abandoned: "sender-not-verified" }),',
    "",
  ),
  mutant(
    "notice-no-escalation",
    OWED,
    '{ owed: { kind: "escalation", fromTier: fact.tier, metric: fact.metric } },',
    "",
  ),
  mutant(
    "timer-only-when-later",
    OWED,
    "if (stillToCome && wakeAtBefore <= wakeAt) return [];",
    "if (wakeAtBefore !== undefined) return [];",
  ),
  mutant(
    "version-stands-still",
    EVOLVE,
    "next.version = (current?.version ?? 0) + 1;",
    "next.version = Math.min(3, (current?.version ?? 0) + 1);",
  ),
  mutant("fold-tier-is-lost", EVOLVE, "return { tier: fact.toTier };", "return {};"),
  mutant(
    "intake-automatic-reopens",
    RECEIVE,
    'CATEGORY_OF[current.status] === "done" && !automatic;',
    'CATEGORY_OF[current.status] === "done";',
  ),
  mutant("number-without-check-digit", NUMBER, "dammDigit(digits)}`;", "Number(digits) % 10}`;"),
  mutant(
    "projection-forgets-the-team",
    PROJECTION,
    "    team: listedTeam(current, rulebook),",
    "    team: current.accountTeam,",
  ),
];
