import { type CaseNumber, type Metric, spokenNumber } from "@ithaca/domain";

/** What every notice says of its case: names of the desk's own, and nothing that a customer wrote. */
export interface NoticeView {
  readonly number: CaseNumber;
  readonly priority?: string | undefined;
  readonly team?: string | undefined;
  readonly assigned: boolean;
  readonly tier: number;
  /** The zone of the team's clock. */
  readonly zone: string;
  /** Where the case can be opened in a browser. */
  readonly link?: string | undefined;
}

/** The body of a notice: what happened, the case, where to find it. */
export function caseLines(happened: readonly string[], view: NoticeView): string {
  return [
    ...happened,
    "",
    `Case: ${spokenNumber(view.number)}`,
    `Priority: ${view.priority ?? "not decided yet"}`,
    `Team: ${view.team ?? "none yet"}`,
    `Assigned: ${view.assigned ? "yes" : "to nobody yet"}`,
    `Tier: ${view.tier}`,
    "",
    ...(view.link === undefined ? [] : [`Open it: ${view.link}`]),
    `On a terminal: ithaca case view ${view.number}`,
    "",
  ].join("\n");
}

const METRIC_NAMES: Record<Metric, string> = {
  "first-response": "first response",
  "next-response": "next response",
  update: "update",
  resolution: "resolution",
};

/** Metrics that a case has one cycle of need no number. */
const ONE_CYCLE: ReadonlySet<Metric> = new Set(["first-response", "resolution"]);

/** A cycle in words: "first response", "next response 3". */
export function cycleName({ metric, cycle }: { metric: Metric; cycle?: number | undefined }): string {
  const name = METRIC_NAMES[metric];
  return cycle === undefined || ONE_CYCLE.has(metric) ? name : `${name} ${cycle}`;
}

const OUTSTANDING: Record<Metric, string> = {
  "first-response": "nobody has answered",
  "next-response": "nobody has answered",
  update: "the customer has heard nothing since",
  resolution: "the case is not resolved",
};

/** What a promise still waits for, in words. */
export function outstanding(metric: Metric): string {
  return OUTSTANDING[metric];
}
