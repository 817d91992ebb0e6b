import {
  type Calendar,
  compileCalendar,
  DAY_MS,
  dayNumber,
  HOUR_MS,
  type Instant,
  instant,
  intersection,
  type OpenHours,
  openPeriodsBetween,
} from "@ithaca/domain";
import { MONTH_NAMES } from "./date-in-words.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** The teams of a picture, at most two: of three nobody sees which overlap is whose. */
export type YearStrip = {
  readonly year: number;
  readonly teams: readonly { readonly team: string; readonly calendar: Calendar }[];
};

export const STRIP_TEAMS_MAX = 2;

const DAY_WIDTH = 3;
const HOUR_HEIGHT = 9;
const LEFT = 44;
const TOP = 40;
const HOLIDAY_HEIGHT = 9;
const HOURS_A_DAY = 24;
const BOTTOM = 34;

const COLOURS = {
  teams: ["#3b78c4", "#d99a2b"],
  overlap: "#2f8f5b",
  gap: "#f3dede",
  ink: "#333333",
  ground: "#ffffff",
} as const;

/**
 * A year as an SVG picture: each column is a day, each row an hour in UTC. It shows the hours of each team, where they
 * overlap, where nobody is there, and each team's holidays in a row above; clock changes are its steps.
 */
export function renderYearStrip({ year, teams }: YearStrip): string {
  if (teams.length > STRIP_TEAMS_MAX) {
    throw new RangeError(`a strip shows at most ${STRIP_TEAMS_MAX} teams`);
  }
  const from = instant(dayNumber(`${year}-01-01`) * DAY_MS);
  const until = instant(dayNumber(`${year + 1}-01-01`) * DAY_MS - 1);
  const days = Math.ceil((until - from) / DAY_MS);
  const top = TOP + teams.length * HOLIDAY_HEIGHT;
  const hours = teams.map(({ calendar }) => compileCalendar(calendar));
  const width = LEFT + days * DAY_WIDTH + 10;
  const height = top + HOURS_A_DAY * HOUR_HEIGHT + BOTTOM;
  const names = teams.map(({ team }) => team).join(" and ");
  const [first, second] = hours;

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="10" fill="${COLOURS.ink}">`,
    `<title>${escapeMarkup(`Hours of ${names} in ${year}`)}</title>`,
    `<desc>Each column is a day and each row an hour in UTC. Where no team is coloured, nobody is open.</desc>`,
    // A reader with a dark page sees dark words on it otherwise.
    rect(0, 0, width, height, COLOURS.ground),
    rect(LEFT, top, days * DAY_WIDTH, HOURS_A_DAY * HOUR_HEIGHT, COLOURS.gap),
    ...hours.map((open, index) => path(open, from, until, top, COLOURS.teams[index] ?? COLOURS.ink)),
    ...(first !== undefined && second !== undefined
      ? [path(intersection(first, second), from, until, top, COLOURS.overlap)]
      : []),
    ...teams.flatMap(({ calendar }, index) => holidayMarks(calendar, year, index)),
    ...hourLines(top, days),
    ...monthLines(year, top),
    ...legend(teams, height),
    "</svg>",
    "",
  ].join("\n");
}

/** One path for all periods of one colour: a rectangle for each day that a period touches. */
function path(open: OpenHours, from: Instant, until: Instant, top: number, colour: string): string {
  const parts: string[] = [];
  for (const { opensAt, closesAt } of openPeriodsBetween(open, from, until)) {
    for (let begin: number = opensAt; begin < closesAt; ) {
      const day = Math.floor((begin - from) / DAY_MS);
      const end = Math.min(closesAt, from + (day + 1) * DAY_MS);
      const y = top + heightOf(begin - from - day * DAY_MS);
      parts.push(`M${LEFT + day * DAY_WIDTH} ${round(y)}h${DAY_WIDTH}v${round(heightOf(end - begin))}h-${DAY_WIDTH}z`);
      begin = end;
    }
  }
  return `<path fill="${colour}" d="${parts.join("")}"/>`;
}

function heightOf(ms: number): number {
  return (ms / HOUR_MS) * HOUR_HEIGHT;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function holidayMarks({ holidays }: Calendar, year: number, index: number): string[] {
  const colour = COLOURS.teams[index] ?? COLOURS.ink;
  const first = dayNumber(`${year}-01-01`);
  return holidays
    .filter(({ on }) => on.startsWith(`${year}-`))
    .map(({ on, name }) => {
      const x = LEFT + (dayNumber(on) - first) * DAY_WIDTH;
      const title = `<title>${escapeMarkup(`${on} ${name}`)}</title>`;
      return `<rect x="${x}" y="${TOP + index * HOLIDAY_HEIGHT}" width="${DAY_WIDTH}" height="${HOLIDAY_HEIGHT - 2}" fill="${colour}">${title}</rect>`;
    });
}

function hourLines(top: number, days: number): string[] {
  return [0, 6, 12, 18, 24].map((hour) => {
    const y = top + hour * HOUR_HEIGHT;
    const label = `${String(hour).padStart(2, "0")}:00`;
    return `<text x="${LEFT - 6}" y="${y + 3}" text-anchor="end">${label}</text><path stroke="${COLOURS.ink}" stroke-opacity=".25" d="M${LEFT} ${y}h${days * DAY_WIDTH}"/>`;
  });
}

function monthLines(year: number, top: number): string[] {
  return MONTH_NAMES.map((name, index) => {
    const day = dayNumber(`${year}-${String(index + 1).padStart(2, "0")}-01`) - dayNumber(`${year}-01-01`);
    const x = LEFT + day * DAY_WIDTH;
    return `<text x="${x + 3}" y="${TOP - 6}">${name.slice(0, 3)}</text><path stroke="${COLOURS.ink}" stroke-opacity=".25" d="M${x} ${TOP - 14}V${top + HOURS_A_DAY * HOUR_HEIGHT}"/>`;
  });
}

function legend(teams: YearStrip["teams"], height: number): string[] {
  const entries = [
    ...teams.map(({ team }, index) => [team, COLOURS.teams[index] ?? COLOURS.ink] as const),
    ...(teams.length === STRIP_TEAMS_MAX ? [["both", COLOURS.overlap] as const] : []),
    ["nobody", COLOURS.gap] as const,
  ];
  return [
    `<text x="${LEFT}" y="14" font-size="12">UTC; holidays above the hours</text>`,
    ...entries.map(([name, colour], index) => {
      const x = LEFT + index * 120;
      return `${rect(x, height - 18, 10, 10, colour)}<text x="${x + 15}" y="${height - 9}">${escapeMarkup(name)}</text>`;
    }),
  ];
}

function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}
