import { type Mutant, mutant } from "./mutant.ts";

const WAKE = "functions/src/sla/wake-case.ts";
const SET_TIMER = "functions/src/sla/set-timer.ts";
const TIMER_NAME = "functions/src/sla/timer-name.ts";
const ARM = "functions/src/sla/arm-wake-ups.ts";
const ESCALATE = "functions/src/sla/escalate-case.ts";
const TRIAGE = "functions/src/triage/triage-case.ts";
const RECONCILE = "functions/src/upkeep/reconcile-desk.ts";
const REPEAT_EFFECTS = "functions/src/upkeep/repeat-effects.ts";
const REPEAT_WAKE_UPS = "functions/src/upkeep/repeat-wake-ups.ts";
const PAGES = "functions/src/upkeep/page-through.ts";
const SEND = "functions/src/email/send-mail.ts";
const ADDRESSEE = "functions/src/email/find-addressee.ts";
const COMPOSE = "functions/src/email/compose-mail.ts";
const PUBLISH = "functions/src/publish/publish-facts.ts";
const RECEIVE = "functions/src/intake/receive-message.ts";
const INTAKE = "functions/src/intake/decide-intake.ts";
const SENDER = "functions/src/intake/sender.ts";
const CHANGE = "functions/src/cases/change-case.ts";
const CALLER = "functions/src/runtime/caller.ts";
const ON_MESSAGE = "functions/src/runtime/on-message.ts";
const ON_STREAM = "functions/src/runtime/on-stream.ts";
const TO_TIMERS = "functions/src/runtime/to-timers.ts";
const TO_WAKE_UPS = "functions/src/runtime/to-wake-ups.ts";

/** What functions do with what the domain decides: timers, mail, publishing, intake, the reconciler, the wrappers. */
export const FUNCTION_MUTANTS: readonly Mutant[] = [
  mutant(
    "timer-early-sets-no-other",
    WAKE,
    "if (wakeAt > clock()) return await wakeLater(message, wakeAt, epoch, ports);",
    "if (wakeAt > clock()) return;",
  ),
  mutant(
    "timer-early-is-dropped",
    WAKE,
    "if (earlyMs <= EARLY_MAX_MS) {",
    "if (earlyMs <= EARLY_MAX_MS) return;\n  if (earlyMs < 0) {",
  ),
  mutant(
    "timer-wakes-nobody",
    WAKE,
    'count("wake-up-of-no-case");',
    'count("wake-up-of-no-case");\n  if (found.case.tier === 1) return;',
  ),
  mutant(
    "timer-set-and-forgotten",
    SET_TIMER,
    "await timers.start({ name, caseId, wakeAt, epoch })",
    '"started" as string',
  ),
  mutant(
    "timer-set-an-hour-late",
    SET_TIMER,
    "await timers.start({ name, caseId, wakeAt, epoch })",
    "await timers.start({ name, caseId, wakeAt: (wakeAt + 3_600_000) as typeof wakeAt, epoch })",
  ),
  mutant(
    "timer-never-done",
    SET_TIMER,
    'await effects.end(caseId, effectId, { status: "done", outcome: name }, clock());',
    "",
  ),
  mutant(
    "timer-names-collide",
    TIMER_NAME,
    'return [timer.epoch, numberOf(timer.caseId), epochSeconds(timer.wakeAt), timer.leg].join("-");',
    'return [timer.epoch, numberOf(timer.caseId)].join("-");',
  ),
  mutant(
    "timer-sweep-arms-nothing",
    ARM,
    "wakeUps.map(({ caseId, wakeAt }) =>",
    "wakeUps.slice(0, 0).map(({ caseId, wakeAt }) =>",
  ),
  mutant(
    "timer-sweep-never-again",
    ARM,
    "const until = plus(now, ARMED_AHEAD_MS);",
    "const until = plus(now, 1_000 * ARMED_AHEAD_MS);",
  ),
  mutant(
    "escalation-of-any-tier",
    ESCALATE,
    "escalate(current, missed, policy, now, BY)",
    "escalate(current, { fromTier: current.tier }, policy, now, BY)",
  ),
  mutant(
    "escalation-never-done",
    ESCALATE,
    "await effects.end(caseId, effectId, endingOf(changed, missed.fromTier), clock());",
    "",
  ),
  mutant(
    "escalation-not-made",
    ESCALATE,
    "if (effect === undefined || !isOwed(effect)) return;",
    'if (effect === undefined || !isOwed(effect)) return;\n  if (effect.attempts === 0) return void (await effects.end(caseId, effectId, { status: "done" }, clock()));',
  ),
  mutant("triage-never-done", TRIAGE, 'await effects.end(caseId, effectId, { status: "done" }, clock());', ""),
  mutant("reconciler-forgets-effects", RECONCILE, "await repeatEffects(desk, run, ports);", ""),
  mutant("reconciler-forgets-wake-ups", RECONCILE, "await repeatWakeUps(desk, run, ports);", ""),
  mutant(
    "reconciler-impatient",
    REPEAT_EFFECTS,
    "const before = plus(clock(), -settings.RECONCILE_GRACE_SECONDS * SECOND_MS);",
    "const before = clock();",
  ),
  mutant("reconciler-never-gives-up", REPEAT_EFFECTS, "effect.attempts >= ATTEMPTS_MAX &&", "effect.attempts >= 1 &&"),
  mutant(
    "reconciler-wakes-too-late",
    REPEAT_WAKE_UPS,
    "const OVERDUE_MS = 90 * SECOND_MS;",
    "const OVERDUE_MS = 90 * 60 * SECOND_MS;",
  ),
  mutant(
    "reconciler-wakes-too-soon",
    REPEAT_WAKE_UPS,
    "const OVERDUE_MS = 90 * SECOND_MS;",
    "const OVERDUE_MS = -3_600 * SECOND_MS;",
  ),
  mutant(
    "reconciler-first-of-a-page",
    PAGES,
    "await Promise.all(page.items.map(handle));",
    "await Promise.all(page.items.slice(1).map(handle));",
  ),
  mutant("notice-sent-while-held", SEND, 'if (outbound === "held") return;', ""),
  mutant(
    "notice-sent-without-claim",
    SEND,
    "if (claimed === undefined) return;",
    "if (claimed === undefined) return void (before === undefined || (await attempt(before, ports)));",
  ),
  mutant(
    "notice-recorded-and-not-sent",
    SEND,
    "outcome: await ses.send({ from: bareAddress(from), to: address, raw }) };",
    'outcome: [raw.length, address, typeof ses, bareAddress(from)].join(" ") };',
  ),
  mutant(
    "notice-sent-twice",
    SEND,
    "outcome: await ses.send({",
    "outcome: (await ses.send({ from: bareAddress(from), to: address, raw })) && await ses.send({",
  ),
  mutant("notice-begun-by-nobody", SEND, "if (!(await effects.begin(effect))) return undefined;", ""),
  mutant("notice-not-recorded", SEND, "await effects.end(caseId, effectId, ending, clock());", ""),
  mutant(
    "notice-failure-swallowed",
    SEND,
    "if (effect.attempts >= ATTEMPTS_MAX) return abandoned",
    "if (effect.attempts >= 1) return abandoned",
  ),
  mutant(
    "notice-to-the-lead-of-another",
    ADDRESSEE,
    "teamOf(policy, to.team)",
    "(policy.teams.find(({ code }) => code !== to.team) ?? teamOf(policy, to.team))",
  ),
  mutant(
    "notice-to-on-call-for-lead",
    ADDRESSEE,
    'to.kind === "on-call" ? onCallAddress',
    'to.kind !== "on-call" ? onCallAddress',
  ),
  mutant("loop-headers-missing", COMPOSE, '"Auto-Submitted": voice, ', ""),
  mutant(
    "outbox-publishes-the-first",
    PUBLISH,
    "return announcementsOf(item()).map((entry) => {",
    "return announcementsOf(item()).slice(0, 1).map((entry) => {",
  ),
  mutant("outbox-refused-is-published", PUBLISH, "refused.includes(at) ?", "refused.includes(-1 - at) ?"),
  mutant("number-always-the-same", RECEIVE, "Math.floor(random() * RANDOM_NUMBERS)", "Math.floor(random() * 3)"),
  mutant("number-of-another-epoch", RECEIVE, "caseNumber(found.epoch,", "caseNumber(found.epoch + 3,"),
  mutant(
    "deduplication-by-key-alone",
    RECEIVE,
    "if (found.received !== undefined) return await",
    "if (found.received === null) return await",
  ),
  mutant(
    "deduplication-hash-of-nothing",
    RECEIVE,
    "contentHash: canonicalHash({ sender, subject, text, files }) };",
    "contentHash: canonicalHash({ sender, subject, text, files, now: Math.random() }) };",
  ),
  mutant(
    "intake-forgets-old-calendars",
    RECEIVE,
    "const rulebook = incoming.rulebook && found.case ? await rulebookOrNone(ports, [found.case]) : incoming.rulebook;",
    "const { rulebook } = incoming;",
  ),
  mutant(
    "intake-anybody-joins",
    INTAKE,
    "sender.authenticated && isConcerned(sender, named)",
    "sender.authenticated || isConcerned(sender, named)",
  ),
  mutant(
    "intake-account-of-the-claim",
    SENDER,
    "(vouchedFor ? claimed.accountId : undefined) ?? found?.accountId",
    "claimed.accountId",
  ),
  mutant(
    "intake-everybody-is-verified",
    SENDER,
    "if (found !== undefined) return { ...sender, personId: found.id };",
    "if (found !== undefined) return { ...sender, authenticated: true, verified: true, personId: found.id };",
  ),
  mutant(
    "authorization-any-scope",
    CALLER,
    '(scope ?? "").split(" ").includes(MESSAGE_SCOPE)',
    'typeof scope === "string" && MESSAGE_SCOPE !== ""',
  ),
  mutant("authorization-any-token", CALLER, 'token_use: z.literal("access"),', "token_use: z.string(),"),
  mutant(
    "authorization-not-asked",
    CHANGE,
    'may: (current) => may({ kind: "case", case: current }),',
    'may: (current) => may({ kind: "case", case: current }) || true,',
  ),
  mutant(
    "queue-failures-are-successes",
    ON_MESSAGE,
    'if (result?.status !== "rejected") return [];',
    "if (result !== undefined) return [];",
  ),
  mutant(
    "queue-successes-are-failures",
    ON_MESSAGE,
    'if (result?.status !== "rejected") return [];',
    "if (result === undefined) return [];",
  ),
  mutant(
    "stream-changes-are-announced",
    ON_STREAM,
    "batchItemFailures: failed.map(",
    "batchItemFailures: failed.slice(0, 0).map(",
  ),
  mutant("timer-taken-names-fail", TO_TIMERS, 'if (error instanceof ExecutionAlreadyExists) return "set-already";', ""),
  mutant("timer-no-delay", TO_WAKE_UPS, "DelaySeconds: delaySeconds,", "DelaySeconds: delaySeconds * 0,"),
];
