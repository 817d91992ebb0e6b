import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import { toTable } from "../runtime/to-table.ts";
import { addOpenTime } from "./add-open-time.ts";
import { explainOpenTime } from "./explain-open-time.ts";
import { findOpening } from "./find-opening.ts";
import { listCalendars } from "./list-calendars.ts";
import { listOpenings } from "./list-openings.ts";
import { measureOpenTime } from "./measure-open-time.ts";
import { readCalendar } from "./read-calendar.ts";
import { readCoverage } from "./read-coverage.ts";
import { manifest } from "./reckon-business-time.manifest.ts";

/** Everything that can be asked about calendars, by route. */
export const reckonings = {
  "list-calendars": listCalendars,
  "read-calendar": readCalendar,
  "list-openings": listOpenings,
  "find-opening": findOpening,
  "add-open-time": addOpenTime,
  "measure-open-time": measureOpenTime,
  "explain-open-time": explainOpenTime,
  "read-coverage": readCoverage,
} as const;

export const handler = onRoutes(manifest, reckonings, connect(toTable));
