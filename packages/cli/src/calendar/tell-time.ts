import type { CalendarsClient, VersionAsked } from "@ithaca/client";
import type { Globals } from "../globals.ts";
import { openTime } from "../output/duration.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import type { World } from "../world.ts";

type Named = VersionAsked & { readonly id: string };

/** Says whether somebody is there at an instant, and else when they come. */
export async function tellOpening(
  world: World,
  calendars: CalendarsClient,
  { id, ...asked }: Named & { readonly at: string },
  globals: Globals,
): Promise<void> {
  const told = await calendars.next(id, asked);
  show(world, globals.json, told, () => {
    const zone = globals.zone ?? told.zone;
    world.out.write(
      world.out.isTerminal
        ? `${id} ${told.version} is ${openingText(told, zone)} (${zone})\n`
        : `${told.isOpen ? "open" : "closed"}\t${told.opensAt ?? ""}\t${told.closesAt ?? ""}\n`,
    );
  });
}

/** Says when so much open time has elapsed. */
export async function tellInstant(
  world: World,
  calendars: CalendarsClient,
  { id, ...asked }: Named & { readonly start: string; readonly minutes: number },
  globals: Globals,
): Promise<void> {
  const told = await calendars.add(id, asked);
  show(world, globals.json, told, () => {
    const moments = momentsIn(globals.zone ?? told.zone);
    world.out.write(
      world.out.isTerminal
        ? `${moments.date(told.due)} ${moments.time(told.due)} (${moments.zone}), ${told.due}\n`
        : `${told.due}\n`,
    );
  });
}

/** Says how much open time lies between two instants. */
export async function tellTimeBetween(
  world: World,
  calendars: CalendarsClient,
  { id, ...asked }: Named & { readonly start: string; readonly end: string },
  globals: Globals,
): Promise<void> {
  const told = await calendars.between(id, asked);
  show(world, globals.json, told, () => {
    const sign = told.openMs < 0 ? "-" : "";
    world.out.write(
      world.out.isTerminal
        ? `${sign}${openTime(Math.abs(told.openMs))} (${told.minutes} minutes)\n`
        : `${told.minutes}\n`,
    );
  });
}

/** "open until Wed 25 Nov 2026 20:00" or "closed until …", on the wall of a zone. */
export function openingText(
  when: { readonly isOpen: boolean; readonly opensAt?: string | undefined; readonly closesAt?: string | undefined },
  zone: string,
): string {
  const { dateAndTime } = momentsIn(zone);
  const until = when.isOpen ? when.closesAt : when.opensAt;
  const word = when.isOpen ? "open" : "closed";
  return until === undefined ? `${word} for good` : `${word} until ${dateAndTime(until)}`;
}
