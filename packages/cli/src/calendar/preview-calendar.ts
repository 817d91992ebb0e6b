import type { Calendar, Instant, RulesInForce } from "@ithaca/domain";
import { calendarsFaults } from "@ithaca/policy";
import type { Command } from "commander";
import { PREVIEW_HELP, type PreviewOptions, type Proposed, withPreviewOptions } from "../what-if/over-option.ts";
import { showPreview } from "../what-if/show-preview.ts";
import type { World } from "../world.ts";
import { unusable } from "./apply-calendar.ts";
import { readOneCalendar } from "./calendar-file.ts";

/** Adds `ithaca calendar preview`. */
export function addCalendarPreview(calendar: Command, world: World): void {
  withPreviewOptions(
    calendar.command("preview [file]").description("see what other hours or a holiday would have changed"),
  )
    .addHelpText(
      "after",
      `${PREVIEW_HELP}
The file is a calendar as "ithaca calendar apply" takes it.
Examples:
  ithaca calendar preview main-hours.json --over 90d
  ithaca calendar preview main-hours.json --over 90d --export backup-2026-03-01`,
    )
    .action((path: string | undefined, options: PreviewOptions, command: Command) =>
      showPreview(world, command, { path, options, read: readProposed }),
    );
}

async function readProposed(path: string): Promise<Proposed> {
  const proposed = readOneCalendar(path);
  return { proposal: { calendars: [proposed] }, check: (inForce, now) => checkUsable(proposed, inForce, now) };
}

/** Throws a Failure that names what the policy in force could not decide by the calendar. */
function checkUsable(proposed: Calendar, { policy, calendars }: RulesInForce, now: Instant): void {
  const inForce = calendars().map(({ calendar }) => calendar);
  const faults = calendarsFaults(policy, [proposed], inForce, now);
  if (faults.length > 0) throw unusable(proposed.id, policy.version, faults);
}
