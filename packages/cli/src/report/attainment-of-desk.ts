import type { Client } from "@ithaca/client";
import { type AttainmentReport, type Instant, monthIn, NO_VALUE } from "@ithaca/domain";
import { type AttainmentAsked, monthRange } from "./attainment-options.ts";

/** Asks a desk for what it counted, by months in UTC. Without a range it is for the current month. */
export async function attainmentOfDesk(
  client: Pick<Client, "reports">,
  asked: AttainmentAsked,
  now: Instant,
): Promise<AttainmentReport> {
  const range = monthRange(asked, monthIn("UTC")(now));
  const { by, rows, total, ...told } = await client.reports.attainment({ ...range, by: asked.by.join(",") });
  return {
    from: told.from,
    to: told.to,
    by,
    rows: rows.map(({ met, breached, waived, percentMet, ...values }) => ({
      of: by.map((dimension) => values[dimension] ?? NO_VALUE),
      met,
      breached,
      waived,
      percentMet,
    })),
    total: { ...total, percentMet: total.percentMet },
  };
}
