import { FIELD_ERRORS_MAX, type FieldError, type PreviewView } from "@ithaca/contracts";
import {
  emptySummary,
  type Instant,
  monthsBetween,
  type PreviewRange,
  type Proposal,
  type RulesInForce,
  rangeBefore,
} from "@ithaca/domain";
import { calendarsFaults, rulesFaults } from "@ithaca/policy";
import type { PreviewStanding } from "@ithaca/store";
import { canonicalHash } from "../runtime/canonical-hash.ts";
import { connect } from "../runtime/connect.ts";
import { faultyField } from "../runtime/faulty-field.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toPreviews } from "../runtime/to-previews.ts";
import { toTable } from "../runtime/to-table.ts";
import { previewIdOf } from "./preview-id.ts";
import { manifest } from "./preview-rules.manifest.ts";

type PreviewPorts = Pick<Ports, "previews" | "previewPages" | "cases" | "rulebooks" | "clock" | "newId">;

const DESK = { kind: "desk" } as const;

/** A proposal is one item of the table, which holds 400 KB. */
const PROPOSAL_MAX_BYTES = 300_000;

/**
 * Takes a proposal in and asks for the first page of each month. A bad one is refused as it would be if it were applied,
 * and so is a range in which no case was opened. The same request again is the same preview.
 */
export async function startPreview(
  { body, principal, idempotency, may }: Asked<"start-preview">,
  { previews, previewPages, cases, rulebooks, clock, newId }: PreviewPorts,
): Promise<Answer<"start-preview">> {
  if (!may(DESK)) return no("not-there");
  const asOf = clock();
  const { days, ...proposal } = body;
  const errors = faultsOf(proposal, await rulebooks.inForce(asOf), asOf);
  if (errors.length > 0) return no("invalid-request", { errors: errors.slice(0, FIELD_ERRORS_MAX) });
  if (Buffer.byteLength(JSON.stringify(proposal)) > PROPOSAL_MAX_BYTES) return no("too-large", TOO_LARGE);
  const range = rangeBefore(asOf, days);
  if (!(await hasCases(range, cases))) return no("no-cases");

  const id = idempotency === undefined ? newId("prev") : previewIdOf(idempotency.principalId, idempotency.key);
  const bodyHash = idempotency?.bodyHash ?? canonicalHash(body);
  const { policy, calendars = [] } = proposal;
  const job = { id, requestedBy: principal.id, bodyHash, ...range, policy, calendars };
  const started = await previews.start(job);
  if (started === "other") return no("key-reused");

  const standing = (started === "same" ? await previews.read(id) : undefined) ?? { job, months: [] };
  const view = viewOf(standing);
  if (view.state === "running") await askForPages(view, previewPages);
  return { status: 202, body: view, location: `/v1/policy/previews/${id}`, replayed: started === "same" };
}

const TOO_LARGE = { detail: "A proposal is at most 300 KB." };

/**
 * Shows how far a preview has come, and its result. One that does not go on is sent on its way again: whoever began it
 * may have been cut off before its first pages were asked for, and whoever folded it before it asked for the next.
 */
export async function readPreview(
  { params, may }: Asked<"read-preview">,
  { previews, previewPages, clock }: Pick<PreviewPorts, "previews" | "previewPages" | "clock">,
): Promise<Answer<"read-preview">> {
  if (!may(DESK)) return no("not-there");
  const standing = await previews.read(params.id);
  if (standing === undefined) return no("not-there");
  const view = viewOf(standing);
  if (view.state === "running" && (await previews.nudge(view.id, clock()))) await askForPages(view, previewPages);
  return { status: 200, body: view };
}

/** Asks for the next page of each month that is not done; when all are, one of them works out the result. */
async function askForPages({ id, months }: PreviewView, previewPages: PreviewPorts["previewPages"]): Promise<void> {
  const undone = months.filter(({ done }) => !done);
  const asked = undone.length > 0 ? undone : months.slice(-1);
  // A month whose page is asked for twice is summed up once.
  await Promise.all(asked.map(({ month }) => previewPages.send({ previewId: id, month })));
}

function viewOf({ job, months, result }: PreviewStanding): PreviewView {
  const { id, from, until, asOf } = job;
  return {
    id,
    state: result === undefined ? "running" : "done",
    from,
    until,
    asOf,
    months: monthsBetween(from, until).map((month) => {
      const { summary = emptySummary(), done = false } = months.find((one) => one.month === month) ?? {};
      return { month, cases: summary.cases, done };
    }),
    ...(result !== undefined && { result }),
  };
}

/** What would keep the proposal from being applied, by the field that is wrong. */
function faultsOf({ policy, calendars = [] }: Proposal, inForce: RulesInForce, now: Instant): FieldError[] {
  const known = inForce.calendars().map(({ calendar }) => calendar);
  const faults =
    policy === undefined
      ? calendarsFaults(inForce.policy, calendars, known, now)
      : rulesFaults(policy, calendars, known, now);
  return faults.map(faultyField);
}

/** Whether any case was opened in a range: the latest month is asked first. */
async function hasCases({ from, until }: PreviewRange, cases: Pick<PreviewPorts["cases"], "openedIn">) {
  for (const month of monthsBetween(from, until).toReversed()) {
    if (await isAnyOf(month, { from, until }, cases)) return true;
  }
  return false;
}

async function isAnyOf(
  month: string,
  range: { from: Instant; until: Instant },
  cases: Pick<PreviewPorts["cases"], "openedIn">,
): Promise<boolean> {
  const { items } = await cases.openedIn(month, range, 1);
  return items.length > 0;
}

/** What answers each route about previews. */
export const previewRoutes = { "start-preview": startPreview, "read-preview": readPreview };

export const handler = onRoutes(manifest, previewRoutes, connect(toTable, toPreviews));
