import { connect } from "../runtime/connect.ts";
import { onVisit } from "../runtime/on-visit.ts";
import { toTable } from "../runtime/to-table.ts";
import { drawCoverage } from "./draw-coverage.ts";
import { manifest } from "./publish-calendars.manifest.ts";
import { showCalendar } from "./show-calendar.ts";
import { showCalendars } from "./show-calendars.ts";

/** What everybody may see of the desk's calendars, by page. */
export const publications = {
  "show-calendars": showCalendars,
  "show-calendar": showCalendar,
  "draw-coverage": drawCoverage,
} as const;

export const handler = onVisit(manifest, publications, connect(toTable));
