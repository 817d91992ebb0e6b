import { Calendar, ExtraOpening, Holiday } from "@ithaca/domain";
import * as z from "zod/mini";

/**
 * What anybody may read of a calendar: when a team works, without who wrote a holiday down and what they noted.
 */
export const PublicCalendar = z.object({
  ...z.pick(Calendar, { id: true, version: true, name: true, zone: true, week: true }).shape,
  holidays: z.array(z.pick(Holiday, { on: true, name: true, hours: true })),
  extraOpenings: z.array(ExtraOpening),
});
export type PublicCalendar = z.infer<typeof PublicCalendar>;

/** The public part of a calendar. */
export function publicCalendar({ id, version, name, zone, week, holidays, extraOpenings }: Calendar): PublicCalendar {
  return {
    id,
    version,
    name,
    zone,
    week,
    holidays: holidays.map(({ on, name: holiday, hours }) => ({
      on,
      name: holiday,
      ...(hours !== undefined && { hours }),
    })),
    extraOpenings: extraOpenings ?? [],
  };
}
