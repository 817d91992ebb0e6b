import type { CalendarsClient, VersionAsked } from "@ithaca/client";
import type { Globals } from "../globals.ts";
import { openTime } from "../output/duration.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

/** Lists the openings of a calendar in a range, and their sum. */
export async function listOpenings(
  world: World,
  calendars: CalendarsClient,
  { id, ...asked }: VersionAsked & { readonly id: string; readonly from: string; readonly until: string },
  globals: Globals,
): Promise<void> {
  const told = await calendars.openings(id, asked);
  show(world, globals.json, told, () => {
    const { dateAndTime, zone } = momentsIn(globals.zone ?? told.zone);
    writeTable(
      world.out,
      [
        { head: "OPENS", cell: ({ opensAt }) => dateAndTime(opensAt), raw: ({ opensAt }) => opensAt },
        { head: "CLOSES", cell: ({ closesAt }) => dateAndTime(closesAt), raw: ({ closesAt }) => closesAt },
      ],
      told.openings,
    );
    if (world.out.isTerminal) world.out.write(`\nOpen for ${openTime(told.openMs)} in all. Times are in ${zone}.\n`);
  });
}
