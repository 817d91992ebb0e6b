import { type Instant, spokenNumber } from "@ithaca/domain";
import { duration } from "../output/duration.ts";
import { type JsonChoice, show } from "../output/json.ts";
import type { Moments } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import type { SeenVersions } from "../profile/seen-versions.ts";
import type { DeskConnection } from "../sign-in/connect-to-desk.ts";
import type { World } from "../world.ts";
import { assigneeOf, type CaseJson, type ClockJson, type EffectJson, namesIn } from "./case-json.ts";
import { fromNow } from "./due-text.ts";
import type { Telling } from "./fact-sentence.ts";
import { statusShown } from "./status-shown.ts";
import { timeline } from "./timeline.ts";

/** Shows one case whole: its head, its clocks, what happened, and what is still owed. */
export async function viewCase(
  world: World,
  { client }: DeskConnection,
  number: string,
  view: { json: JsonChoice; moments: Moments; seen: SeenVersions },
): Promise<void> {
  const read = await client.cases.read(number);
  view.seen.remember(read.number, read.version);
  show(world, view.json, read, () => {
    for (const line of caseLines(read, view.moments, world.now())) world.out.write(`${line}\n`);
  });
}

function caseLines(read: CaseJson, moments: Moments, now: Instant): string[] {
  const name = namesIn(read);
  const owed = (read.effects ?? [])
    .filter(({ status }) => status !== "done")
    .map((effect) => effectLine(effect, { moments, name }));
  return [
    `${spokenNumber(read.number)}  ${printableLine(read.subject ?? "(no subject)")}`,
    [
      statusShown(read),
      read.priority ?? "not classified",
      read.team ?? "no team",
      assignee(read),
      `tier ${read.tier}`,
    ].join(" · "),
    "",
    ...details(read, { moments, name }).map(([head, what]) => head.padEnd(DETAIL_WIDTH) + printableLine(what)),
    ...read.clocks.map((clock) => clockLine(clock, moments, now)),
    "",
    `Timeline, times in ${moments.zone}`,
    ...timeline(read, { moments, name }),
    ...(owed.length > 0 ? ["", "Owed", ...owed] : []),
  ];
}

const DETAIL_WIDTH = 16;

function assignee(read: CaseJson): string {
  const who = assigneeOf(read);
  return who === undefined ? "nobody's" : `assigned to ${who}`;
}

function details(read: CaseJson, { moments, name }: Telling): [string, string][] {
  const { requester, accountId, senderVerified, package: bought, requestedPriority, priority } = read;
  const from = [requester.name ?? requester.id, accountId, bought && `${bought} package`].filter(
    (part) => part !== undefined,
  );
  return [
    ["From", `${from.join(", ")}, on ${read.channel}${senderVerified ? "" : " (not verified)"}`],
    ["Opened", moments.dateAndTime(read.openedAt)],
    ...(requestedPriority === priority ? [] : [["Asked for", requestedPriority] as [string, string]]),
    ...(read.flag === undefined ? [] : [["Look at", read.flag] as [string, string]]),
    ...(read.tags.length === 0 ? [] : [["Tags", read.tags.join(", ")] as [string, string]]),
    ...read.links.map(({ kind, target }): [string, string] => [inWords(kind), target.replace(/^case_/, "")]),
    ...(read.collaborators === undefined || read.collaborators.length === 0
      ? []
      : [["With", read.collaborators.map(name).join(", ")] as [string, string]]),
    ...(read.waitsUntil === undefined
      ? []
      : [["Waits until", moments.dateAndTime(read.waitsUntil)] as [string, string]]),
    ...Object.entries(read.fields).map(([code, value]): [string, string] => [code, String(value)]),
    ["Version", String(read.version)],
  ];
}

/** A code as the name of a line: "merged-from" is "Merged from". */
function inWords(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll("-", " ");
}

function clockLine({ metric, state, dueAt, msLeft, endedAt }: ClockJson, moments: Moments, now: Instant): string {
  const due = `${metric.padEnd(DETAIL_WIDTH)}due ${moments.dateAndTime(dueAt)}`;
  const left = msLeft === undefined ? "" : `, ${duration(msLeft)} of open time left`;
  if (state === "running") return `${due} (${fromNow(dueAt, now)}${left})`;
  if (state === "paused") return `${metric.padEnd(DETAIL_WIDTH)}paused${left}`;
  if (state === "breached") return `${due}, BREACHED ${fromNow(dueAt, now)}`;
  return `${due}, ${state}${endedAt === undefined ? "" : ` ${moments.dateAndTime(endedAt)}`}`;
}

function effectLine({ owed, status, reason, attempts, owedAt }: EffectJson, { moments, name }: Telling): string {
  const what = owed.kind === "mail" ? `${owed.template} mail to ${recipient(owed.to, name)}` : owed.kind;
  const tried = attempts > 0 ? `, tried ${attempts} times` : "";
  return `  ${what}: ${status}${reason === undefined ? "" : ` (${reason})`}${tried}, since ${moments.dateAndTime(owedAt)}`;
}

function recipient(to: Extract<EffectJson["owed"], { kind: "mail" }>["to"], name: Telling["name"]): string {
  switch (to.kind) {
    case "person":
      return name(to.personId);
    case "agent":
      return name(to.principalId);
    case "team-lead":
      return `${to.team}'s lead`;
    case "on-call":
      return `${to.team}'s on-call`;
  }
}
