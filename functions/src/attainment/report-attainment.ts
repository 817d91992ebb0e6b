import { ATTAINMENT_RANGE } from "@ithaca/contracts";
import {
  ATTAINMENT_MONTHS_MAX,
  ATTAINMENT_ROWS_MAX,
  countMonths,
  namedRows,
  sumAttainment,
  toIso,
} from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { manifest } from "./report-attainment.manifest.ts";

const DESK = { kind: "desk" } as const;
const MONTH_LENGTH = "2026-11".length;

/** Sums up what was counted when promises were met, broken and excused. No case is read. */
export async function reportAttainment(
  { query, may }: Asked<"report-attainment">,
  { attainment, clock }: Pick<Ports, "attainment" | "clock">,
): Promise<Answer<"report-attainment">> {
  if (!may(DESK)) return no("not-there");
  const { by, to = toIso(clock()).slice(0, MONTH_LENGTH), from = to } = query;
  const months = countMonths(from, to);
  if (months < 1 || months > ATTAINMENT_MONTHS_MAX) return wrongField("query.to", ATTAINMENT_RANGE);

  const sum = sumAttainment({ from, to, by: [...new Set(by)] });
  for (const counted of await attainment.counted(from, to)) sum.add(counted);
  const report = sum.report();
  if (report.rows.length > ATTAINMENT_ROWS_MAX) return wrongField("query.by", TOO_MANY_ROWS);
  const { rows: _rows, ...told } = report;
  return { status: 200, body: { ...told, by: [...told.by], zone: "UTC", rows: namedRows(report) } };
}

const TOO_MANY_ROWS = `there would be more than ${ATTAINMENT_ROWS_MAX} rows: ask for fewer dimensions or fewer months`;

function wrongField(path: string, message: string): Answer<"report-attainment"> {
  return no("invalid-request", { errors: [{ path, message }] });
}

export const handler = onRequest(manifest, reportAttainment, connect(toTable));
