import { writeFileSync } from "node:fs";
import type { CalendarsClient, VersionAsked } from "@ithaca/client";
import { type Calendar, instantOf, type OpenTimeSpan } from "@ithaca/domain";
import { spanColumns } from "../cases/explain-case.ts";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Globals } from "../globals.ts";
import { openTime } from "../output/duration.ts";
import { show } from "../output/json.ts";
import { momentsIn } from "../output/moment.ts";
import { printableLine } from "../output/printable.ts";
import { writeTable } from "../output/table.ts";
import type { World } from "../world.ts";

type Explanation = Awaited<ReturnType<CalendarsClient["explain"]>>;

interface Asked extends VersionAsked {
  readonly id: string;
  readonly start: string;
  readonly minutes?: number;
  readonly end?: string;
}

interface View {
  readonly globals: Globals;
  /** Where a picture goes. */
  readonly svg?: string;
  /** Whether it is added up again. */
  readonly check?: boolean;
}

/** Shows what counts from an instant on and what does not, span by span, to the sum. */
export async function explainHours(
  world: World,
  calendars: CalendarsClient,
  { id, ...asked }: Asked,
  { globals, svg, check }: View,
): Promise<void> {
  if ((asked.minutes === undefined) === (asked.end === undefined)) {
    throw new Failure("Until when? Give a length of open time or --until INSTANT, one of them.", EXIT.usage);
  }
  const told = await calendars.explain(id, asked);
  show(world, globals.json, told, () => writeSpans(world, told, globals.zone ?? told.zone));
  if (svg !== undefined) await draw(told, svg);
  if (check === true) {
    const { calendar } = await calendars.read(id, { version: told.version });
    const said = await recount(told, calendar);
    world.err.write(`ithaca: ${said}\n`);
  }
}

function writeSpans(world: World, told: Explanation, zone: string): void {
  const moments = momentsIn(zone);
  const columns = spanColumns(told.spans, moments);
  writeTable(world.out, columns, told.spans);
  if (!world.out.isTerminal) return;

  const write = (line: string) => world.out.write(`${printableLine(line)}\n`);
  world.out.write("\n");
  write(
    `Counted ${openTime(told.openMs)} until ${moments.dateAndTime(told.end)} (${zone}), calendar ${told.id} ${told.version}.`,
  );
  if (told.holidays.length > 0) write(`Holidays left out: ${told.holidays.join(", ")}.`);
}

async function draw(told: Explanation, file: string): Promise<void> {
  const { renderExplanationBar } = await import("@ithaca/policy/publish");
  const title = `${openTime(told.openMs)} of ${told.id} (version ${told.version}, ${told.zone})`;
  writeFileSync(
    file,
    renderExplanationBar({
      title,
      zone: told.zone,
      start: instantOf(told.start),
      due: instantOf(told.end),
      spans: spansOf(told),
    }),
  );
}

async function recount(told: Explanation, calendar: Calendar): Promise<string> {
  const { recountExplanation } = await import("@ithaca/policy/recount");
  const { faults, countedMs } = recountExplanation(calendar, instantOf(told.start), instantOf(told.end), spansOf(told));
  if (faults.length > 0) throw new Failure(["Walking minute by minute says otherwise:", ...faults].join("\n  "));
  return `walking minute by minute, with another source of offsets, counts ${openTime(countedMs)} too`;
}

function spansOf({ spans }: Explanation): OpenTimeSpan[] {
  return spans.map((span) => ({ ...span, from: instantOf(span.from), until: instantOf(span.until) }) as OpenTimeSpan);
}
