import type { Policy } from "@ithaca/domain";
import { shippedRules } from "@ithaca/policy";
import { OWN_STATUS_MARKER } from "./markers.ts";

type Target = Policy["targets"][number];

/** So close together that whoever is a little late finds both due, and tells only the later. */
const CLOSE_WARNINGS: Target["warnings"] = [{ percent: 75 }, { percent: 76 }];

/** What the shipped policy does not promise: to be told how it stands, and to be done. */
const MORE_TARGETS: readonly Target[] = [
  target("critical-update", { metric: ["update"], priority: ["critical"] }, { minutes: 240 }, "round-the-clock"),
  target("high-update", { metric: ["update"], priority: ["high"] }, { businessDays: 1 }, "team-hours"),
  target(
    "critical-resolution",
    { metric: ["resolution"], priority: ["critical"] },
    { minutes: 480 },
    "round-the-clock",
  ),
  target("resolution", { metric: ["resolution"] }, { businessDays: 4 }, "team-hours"),
];

const FIELDS: NonNullable<Policy["fields"]> = [
  { code: "seats", name: "Seats", kind: "number" },
  { code: "region", name: "Region", kind: "choice", choices: ["north", "south"] },
  { code: "renewed", name: "Renewed", kind: "yes-no" },
];

/** One like each status that somebody can give, so that some let clocks stand and others do not. */
export const OWN_STATUSES: NonNullable<Policy["statuses"]> = [
  { code: `${OWN_STATUS_MARKER}in-review`, name: "In review", like: "open" },
  { code: `${OWN_STATUS_MARKER}awaiting-a-log`, name: "Awaiting a log", like: "waiting-on-customer" },
  { code: `${OWN_STATUS_MARKER}awaiting-a-part`, name: "Awaiting a part", like: "waiting-on-fix" },
  { code: `${OWN_STATUS_MARKER}booked`, name: "Booked", like: "waiting-until" },
  { code: `${OWN_STATUS_MARKER}no-fault-found`, name: "No fault found", like: "resolved" },
];

/** Some skip a tier, some are for one metric, and cases of low priority stay where they are. */
const ESCALATION: Policy["escalation"] = [
  {
    id: "critical-to-the-top",
    when: { priority: ["critical"], tier: [1] },
    toTier: 3,
    tells: ["on-call", "team-lead"],
  },
  {
    id: "solution-late",
    when: { metric: ["resolution"], priority: ["high", "medium"] },
    toTier: "next",
    tells: ["assignee", "team-lead"],
  },
  {
    id: "one-up",
    when: { priority: ["critical", "high", "medium"] },
    toTier: "next",
    tells: ["team-lead", "assignee"],
  },
];

/** The policy that simulated desks live by from the first day: the shipped one, with every metric promised, with fields and with statuses. */
export function livedPolicy(): Policy {
  const { policy } = shippedRules;
  return {
    ...policy,
    version: policy.version + 1,
    fields: FIELDS,
    statuses: OWN_STATUSES,
    targets: [...policy.targets, ...MORE_TARGETS],
    escalation: ESCALATION,
  };
}

function target(id: string, when: Target["when"], length: Target["length"], clock: Target["clock"]): Target {
  return { id, when, length, clock, warnings: id.startsWith("critical") ? CLOSE_WARNINGS : [{ percent: 75 }] };
}
