import type { CalendarsClient } from "@ithaca/client";
import type { Globals } from "../globals.ts";
import { show } from "../output/json.ts";
import { writeTable } from "../output/table.ts";
import type { World } from "../world.ts";
import { openingText } from "./tell-time.ts";

/** Lists calendars: whose they are, and who is there now. */
export async function listCalendars(world: World, calendars: CalendarsClient, globals: Globals): Promise<void> {
  const { items } = await calendars.list();
  show(world, globals.json, items, () =>
    writeTable(
      world.out,
      [
        { head: "ID", cell: ({ id }) => id },
        { head: "VERSION", cell: ({ version }) => String(version) },
        { head: "TEAMS", cell: ({ teams }) => teams.join(", ") },
        { head: "ZONE", cell: ({ zone }) => zone },
        {
          head: "NOW",
          cell: (item) => openingText(item, globals.zone ?? item.zone),
          raw: ({ isOpen }) => (isOpen ? "open" : "closed"),
        },
        { head: "NAME", cell: ({ name }) => name },
      ],
      items,
    ),
  );
}
