import { holidaysEndOn, type Instant, instant, MINUTE_MS, plus, SECOND_MS } from "@ithaca/domain";
import type { Store } from "@ithaca/store";
import { duration } from "../../output/duration.ts";
import type { QueuePair, Queues } from "../dead-letters/dead-letters.ts";
import type { Account } from "./account.ts";

/** `look`: it works, and somebody should know. `bad`: a promise is broken by it, or will be. */
export type Verdict = "good" | "look" | "bad";

/** What one check found. */
export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  /** What is so and, where something is to be done, what. */
  readonly says: string;
}

/** A deployed desk and the account that it is in. */
export interface Patient {
  readonly account: Account;
  readonly store: Pick<Store, "desk" | "cases" | "effects" | "rulebooks">;
  readonly queues: Pick<Queues, "depth">;
  readonly pairs: readonly QueuePair[];
  /** The address that mail comes from; undefined: mail is off. */
  readonly mailFrom: string | undefined;
  now(): Instant;
}

/** A new account has 10; with fewer than this a burst on the API leaves nothing for the clocks. */
const CONCURRENCY_LOOK = 100;
/** From this share of the day's mail on somebody should ask for more. */
const MAIL_QUOTA_LOOK = 0.8;
/** What is due for longer is late: timers and reconciler have both had their chance. */
const OVERDUE_MS = 3 * MINUTE_MS;
/** What is owed for longer has failed at least once. */
const OWED_MS = 5 * MINUTE_MS;
/** Clocks that differ by more make timers early or late. */
const SKEW_BAD_MS = 30 * SECOND_MS;
/** So many are counted at most; more are "or more". */
const COUNT_MAX = 100;
const EARLIEST = instant(0);

const good = (check: string, says: string): Finding => ({ check, verdict: "good", says });
const look = (check: string, says: string): Finding => ({ check, verdict: "look", says });
const bad = (check: string, says: string): Finding => ({ check, verdict: "bad", says });

/** Every check, in the order in which somebody would look. */
const CHECKS: readonly (readonly [name: string, check: (patient: Patient, name: string) => Promise<Finding[]>])[] = [
  ["stacks", checkStacks],
  ["sender", checkSender],
  ["mail quota", checkMailQuota],
  ["concurrency", checkConcurrency],
  ["alarms", checkAlarms],
  ["alarm mail", checkSubscribers],
  ["dead letters", checkDeadLetters],
  ["outbound", checkOutbound],
  ["timers", checkTimers],
  ["clocks", checkClocks],
  ["owed", checkOwed],
  ["holidays", checkHolidays],
  ["time", checkTime],
];

/** Examines a desk. A check that fails itself is a finding too, so that one missing permission hides nothing else. */
export async function* examine(patient: Patient): AsyncIterable<Finding> {
  for (const [name, check] of CHECKS) {
    try {
      yield* await check(patient, name);
    } catch (error) {
      yield look(name, `could not be checked: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function checkStacks({ account }: Patient, name: string): Promise<Finding[]> {
  return (await account.stacks()).map(({ stack, status }) =>
    /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)
      ? good(name, `${stack} is ${status}`)
      : bad(name, `${stack} is ${status}: deploy it again, and see its events in CloudFormation`),
  );
}

async function checkSender({ account, mailFrom }: Patient, name: string): Promise<Finding[]> {
  if (mailFrom === undefined) {
    return [look(name, "mail is off: what is owed is abandoned as mail-off; deploy with -c sender=ADDRESS to send it")];
  }
  const { verified, sandbox, enabled } = await account.mail(mailFrom);
  return [
    verified
      ? good(name, `${mailFrom} is verified in SES`)
      : bad(name, `${mailFrom} is not verified in SES, neither the address nor its domain: nothing goes out`),
    ...(enabled ? [] : [bad(name, "SES has stopped sending for this account: see its reputation dashboard")]),
    ...(sandbox
      ? [look(name, "SES is in the sandbox: only verified addresses get mail; ask AWS for production access")]
      : []),
  ];
}

async function checkMailQuota({ account, mailFrom }: Patient, name: string): Promise<Finding[]> {
  if (mailFrom === undefined) return [];
  const { perDay, sentInADay, perSecond } = await account.mail(mailFrom);
  const says = `${sentInADay} of ${perDay} mails in the last 24 hours, ${perSecond} a second`;
  return [sentInADay >= perDay * MAIL_QUOTA_LOOK ? look(name, `${says}: ask AWS for more`) : good(name, says)];
}

async function checkConcurrency({ account }: Patient, name: string): Promise<Finding[]> {
  const limit = await account.concurrency();
  if (limit >= CONCURRENCY_LOOK) return [good(name, `${limit} functions may run at once in this account`)];
  return [
    look(name, `only ${limit} functions may run at once in this account: ask AWS for ${CONCURRENCY_LOOK} or more`),
  ];
}

async function checkAlarms({ account }: Patient, name: string): Promise<Finding[]> {
  const alarms = await account.alarms();
  if (alarms.length === 0) return [bad(name, "there are no alarms: deploy the stack again")];
  const ringing = alarms.filter(({ state }) => state === "ALARM");
  if (ringing.length === 0) return [good(name, `none of ${alarms.length} is ringing`)];
  return ringing.map(({ alarm, meaning }) => bad(name, `${alarm}: ${meaning}`));
}

async function checkSubscribers({ account }: Patient, name: string): Promise<Finding[]> {
  const count = await account.subscribers();
  return [
    count > 0
      ? good(name, `${count} are told of alarms`)
      : look(name, "nobody is told of alarms: subscribe an address to the topic of the output AlarmTopicArn"),
  ];
}

async function checkDeadLetters({ queues, pairs }: Patient, name: string): Promise<Finding[]> {
  const depths = await Promise.all(
    pairs.map(async ({ name: queue, deadLettersUrl }) => ({ queue, depth: await queues.depth(deadLettersUrl) })),
  );
  const dead = depths.filter(({ depth }) => depth > 0);
  if (dead.length === 0) return [good(name, `none in ${depths.length} queues`)];
  return dead.map(({ queue, depth }) =>
    bad(name, `${depth} of ${queue}: ithaca dead-letters list --queue ${queue}, mend the cause, then redrive`),
  );
}

async function checkOutbound({ store }: Patient, name: string): Promise<Finding[]> {
  const { outbound, epoch } = await store.desk.read();
  if (outbound === "live") return [good(name, `mail and timers go out, epoch ${epoch}`)];
  return [look(name, 'held since an import: nothing goes out until "ithaca go-live"')];
}

async function checkTimers({ store, now }: Patient, name: string): Promise<Finding[]> {
  const { armedUntil } = await store.desk.read();
  const aheadMs = armedUntil - now();
  if (aheadMs > 0) return [good(name, `every clock of the next ${duration(aheadMs)} has its timer`)];
  // A desk that was deployed or imported within the last minute.
  if (armedUntil === EARLIEST) return [look(name, "the sweep that arms timers has not run yet: it does each minute")];
  return [bad(name, "the sweep that arms timers has stopped: see the log of arm-wake-ups")];
}

async function checkClocks({ store, now }: Patient, name: string): Promise<Finding[]> {
  const { items } = await store.cases.wakeUps(EARLIEST, plus(now(), -OVERDUE_MS), COUNT_MAX);
  const [first] = items;
  if (first === undefined) return [good(name, "no case should have been woken and was not")];
  const says = `${counted(items.length)} cases have not been woken, the first for ${duration(now() - first.wakeAt)}`;
  return [bad(name, `${says}: see the logs of wake-case and reconcile-desk`)];
}

async function checkOwed({ store, now }: Patient, name: string): Promise<Finding[]> {
  const { items } = await store.effects.overdue(plus(now(), -OWED_MS), COUNT_MAX);
  const [first] = items;
  if (first === undefined) return [good(name, "nothing is owed for long")];
  const kinds = [...new Set(items.map(({ owed }) => owed.kind))].sort().join(", ");
  return [bad(name, `${counted(items.length)} are owed too long (${kinds}), such as ${first.id}: ithaca case view`)];
}

/** A calendar whose holidays end goes on opening on each of them: promises are then due on days on which nobody works. */
async function checkHolidays({ store, now }: Patient, name: string): Promise<Finding[]> {
  const at = now();
  const rulebook = await store.rulebooks.inForce(at);
  const used = new Set(rulebook.policy.teams.flatMap(({ hours, chatHours = hours }) => [hours, chatHours]));
  const ending = Array.from(used, (id) => rulebook.calendar(id).calendar).flatMap((calendar) => {
    const on = holidaysEndOn(calendar, at);
    return on === undefined ? [] : [{ id: calendar.id, on }];
  });
  if (ending.length === 0) return [good(name, `the ${used.size} calendars in use list holidays for a year ahead`)];
  return ending.map(({ id, on }) =>
    look(name, `${id} lists no holiday after ${on}: add the next years by ithaca calendar import or apply`),
  );
}

async function checkTime({ account, now }: Patient, name: string): Promise<Finding[]> {
  const skewMs = (await account.time()) - now();
  const says = `this machine's clock and AWS's differ by ${duration(skewMs)}`;
  return [Math.abs(skewMs) < SKEW_BAD_MS ? good(name, says) : look(name, `${says}: set this one`)];
}

function counted(count: number): string {
  return count === COUNT_MAX ? `${COUNT_MAX} or more` : String(count);
}
