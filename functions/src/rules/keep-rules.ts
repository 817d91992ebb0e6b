import { FIELD_ERRORS_MAX, type PolicyVersion } from "@ithaca/contracts";
import { toIso } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import {
  applyRules,
  policyOf,
  policyVersionAt,
  type RuleChange,
  type RulesRefusal,
  type RuleTimeline,
} from "@ithaca/store";
import { canonicalHash } from "../runtime/canonical-hash.ts";
import { connect } from "../runtime/connect.ts";
import { faultyField } from "../runtime/faulty-field.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, type Idempotency, type No, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./keep-rules.manifest.ts";

type RulesPorts = Pick<Ports, "rules" | "clock">;
type History = Awaited<ReturnType<Ports["rules"]["history"]>>;

const DESK = { kind: "desk" } as const;

/** A version is one item of the table, which holds 400 KB. */
const VERSION_MAX_BYTES = 300_000;

/** Lists the versions of the policy, with who made them when and why. */
export async function listPolicyVersions(
  { may }: Asked<"list-policy-versions">,
  { rules, clock }: RulesPorts,
): Promise<Answer<"list-policy-versions">> {
  if (!may(DESK)) return no("not-there");
  const [timeline, history] = await Promise.all([rules.timeline(), rules.history()]);
  const now = clock();
  const inForce = policyVersionAt(timeline, shippedRules, now);
  const made = history.flatMap((change) => ("policy" in change ? [change.policy] : []));
  const versions = [...made, shippedRules.policy.version].map((version) => viewOf(version, inForce, timeline, history));
  return { status: 200, body: { versions, soonest: rules.soonest(now) } };
}

/** Shows a version of the policy. */
export async function readPolicyVersion(
  { params: { version }, may }: Asked<"read-policy-version">,
  { rules, clock }: RulesPorts,
): Promise<Answer<"read-policy-version">> {
  if (!may(DESK)) return no("not-there");
  const policy = await policyOf(rules, shippedRules, version);
  if (policy === undefined) return no("not-there");
  const [timeline, history] = await Promise.all([rules.timeline(), rules.history()]);
  const inForce = policyVersionAt(timeline, shippedRules, clock());
  return { status: 200, body: { ...viewOf(version, inForce, timeline, history), policy } };
}

function viewOf(version: number, inForce: number, timeline: RuleTimeline, history: History): PolicyVersion {
  const change = history.find((one) => "policy" in one && one.policy === version);
  const listed = timeline.policy.find((one) => one.version === version);
  return {
    version,
    inForce: version === inForce,
    ...(change !== undefined && {
      inForceFrom: change.inForceFrom,
      movesUnfinished: listed?.movesUnfinished === true,
      madeBy: change.by,
      madeAt: change.at,
      reason: change.reason,
    }),
  };
}

/**
 * Makes the next version of the policy, by whoever saw what it replaces. A bad one is refused by its fields, and changes
 * nothing. The same request again is answered by what the first one made.
 */
export async function applyPolicy(
  { body, principal, idempotency, may }: Asked<"apply-policy">,
  { rules, clock }: RulesPorts,
): Promise<Answer<"apply-policy">> {
  if (!may(DESK)) return no("not-there");
  const { policy, calendars = [], basedOn, movesUnfinished, reason } = body;
  const tooLarge = [policy, ...calendars].some((one) => Buffer.byteLength(JSON.stringify(one)) > VERSION_MAX_BYTES);
  if (tooLarge) return no("too-large", TOO_LARGE);
  const before = await madeBy(idempotency, rules);
  if (before !== undefined) return before;

  const request = idempotency && { id: requestId(idempotency), bodyHash: idempotency.bodyHash };
  const at = clock();
  const { inForceFrom = rules.soonest(at) } = body;
  const change: RuleChange = { by: principal.id, at, reason, inForceFrom, ...(request && { request }) };
  const proposal = { policy, calendars, basedOn, change: { ...change, movesUnfinished } };
  const done = await applyRules(rules, shippedRules, proposal);
  // Whoever sent it twice at once has made it by the one, and is refused by the other.
  if ("code" in done) return (await madeBy(idempotency, rules)) ?? refused(done);
  return made(done.policyVersion, done.calendars, done.inForceFrom);
}

const TOO_LARGE = { detail: "A policy, and each calendar, is at most 300 KB." };

function made(
  version: number,
  calendars: readonly { readonly id: string; readonly version: number }[],
  inForceFrom: RuleChange["inForceFrom"],
): Extract<Answer<"apply-policy">, { status: number }> {
  const body = { version, calendars: [...calendars], inForceFrom };
  return { status: 201, body, location: `/v1/policy/versions/${version}` };
}

/** What an earlier request of the same name made; undefined when there was none. */
async function madeBy(
  idempotency: Idempotency | undefined,
  rules: Ports["rules"],
): Promise<Answer<"apply-policy"> | undefined> {
  if (idempotency === undefined) return undefined;
  const id = requestId(idempotency);
  const changes = (await rules.history()).filter(({ request }) => request?.id === id).toReversed();
  const policy = changes.find((change) => "policy" in change);
  if (policy === undefined) return undefined;
  if (policy.request?.bodyHash !== idempotency.bodyHash) return no("key-reused");
  const calendars = changes.flatMap((one) => ("calendar" in one ? [{ id: one.calendar, version: one.version }] : []));
  return { ...made(policy.policy, calendars, policy.inForceFrom), replayed: true };
}

function requestId({ principalId, key }: Idempotency): string {
  return canonicalHash([principalId, key]);
}

function refused(refusal: RulesRefusal): No {
  switch (refusal.code) {
    case "too-soon":
      return no("too-soon", {
        detail: refusal.why,
        errors: [{ path: "inForceFrom", message: `the earliest now is ${toIso(refusal.soonest)}` }],
      });
    case "outdated":
      return no("rules-outdated", { currentVersion: refusal.inForce });
    case "faulty":
      return no("invalid-request", { errors: refusal.faults.slice(0, FIELD_ERRORS_MAX).map(faultyField) });
    case "changed-meanwhile":
      return no("rules-changed");
  }
}

/** What answers each route about versions of the policy. */
export const rulesRoutes = {
  "list-policy-versions": listPolicyVersions,
  "read-policy-version": readPolicyVersion,
  "apply-policy": applyPolicy,
};

export const handler = onRoutes(manifest, rulesRoutes, connect(toTable));
