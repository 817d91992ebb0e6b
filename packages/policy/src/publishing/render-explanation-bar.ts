import {
  HOUR_MS,
  type Instant,
  type OpenTimeSpan,
  type PausedSpan,
  wallTimeOf,
  weekdayOfDay,
  zoneClock,
} from "@ithaca/domain";
import { WEEKDAY_NAMES } from "./date-in-words.ts";
import { escapeMarkup } from "./escape-markup.ts";

/** A due (or any other answer) and how it came about. */
export type ExplanationBar = {
  readonly title: string;
  readonly zone: string;
  readonly start: Instant;
  readonly due: Instant;
  readonly spans: readonly BarSpan[];
  /** Shown when it lies between start and due. */
  readonly now?: Instant;
};

type BarSpan = OpenTimeSpan | PausedSpan;

const WIDTH = 900;
const MARGIN = 20;
const BAR_TOP = 58;
const BAR_HEIGHT = 34;
const HEIGHT = 138;
/** A letter of the labels at most, so that none is wider than its box. */
const LETTER_WIDTH = 7;
const MINUTE_MS = 60_000;

const COLOURS = {
  counted: "#2f8f5b",
  holiday: "#d99a2b",
  weekend: "#9aa7b8",
  paused: "#8a6fb0",
  other: "#d8dde4",
  ink: "#333333",
  ground: "#ffffff",
  clock: "#b0413e",
} as const;

/** A bar from the start to the due: what was counted, which nights, weekends, holidays and pauses were not, what the clocks did. */
export function renderExplanationBar({ title, zone, start, due, spans, now }: ExplanationBar): string {
  const scale = (WIDTH - 2 * MARGIN) / Math.max(1, due - start);
  const x = (at: number) => Math.round((MARGIN + (at - start) * scale) * 100) / 100;
  const marks = [
    mark(x(start), "start", "start", wallText(zone, start)),
    mark(x(due), "end", "due", wallText(zone, due)),
  ];

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="sans-serif" font-size="11" fill="${COLOURS.ink}">`,
    `<title>${escapeMarkup(title)}</title>`,
    // A reader with a dark page sees dark words on it otherwise.
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${COLOURS.ground}"/>`,
    `<text x="${MARGIN}" y="18" font-size="13">${escapeMarkup(title)}</text>`,
    ...spans.map((span) => (span.kind === "clock-change" ? clockMark(span, x) : box(span, x))),
    ...marks,
    ...(now === undefined || now <= start || now >= due ? [] : [nowMark(x(now))]),
    ...legend(spans.some(({ kind }) => kind === "paused")),
    "</svg>",
    "",
  ].join("\n");
}

type Scale = (at: number) => number;

function box(span: Exclude<BarSpan, { kind: "clock-change" }>, x: Scale): string {
  const width = Math.round((x(span.until) - x(span.from)) * 100) / 100;
  const text = `${span.on} ${nameOf(span)}: ${hoursText(span.lengthMs)}`;
  const label = labelOf(span);
  const middle = Math.round((x(span.from) + width / 2) * 100) / 100;
  return [
    `<rect x="${x(span.from)}" y="${BAR_TOP}" width="${width}" height="${BAR_HEIGHT}" fill="${colourOf(span)}"><title>${escapeMarkup(text)}</title></rect>`,
    ...(label === undefined || label.text.length * LETTER_WIDTH > width
      ? []
      : [
          `<text x="${middle}" y="${BAR_TOP + 21}" text-anchor="middle" fill="${label.colour}">${escapeMarkup(label.text)}</text>`,
        ]),
  ].join("");
}

/** What stands in a box that is wide enough: how long was counted, and which holiday was not. */
function labelOf(span: Exclude<BarSpan, { kind: "clock-change" }>): { text: string; colour: string } | undefined {
  if (span.kind === "counted") return { text: hoursText(span.lengthMs), colour: COLOURS.ground };
  return span.kind === "skipped" && span.reason === "holiday" ? { text: span.holiday, colour: COLOURS.ink } : undefined;
}

function nameOf(span: Exclude<BarSpan, { kind: "clock-change" }>): string {
  if (span.kind !== "skipped") return span.kind;
  return span.reason === "holiday" ? span.holiday : span.reason;
}

function colourOf(span: BarSpan): string {
  if (span.kind === "paused") return COLOURS.paused;
  if (span.kind !== "skipped") return COLOURS.counted;
  if (span.reason === "holiday" || span.reason === "weekend") return COLOURS[span.reason];
  return COLOURS.other;
}

function clockMark(span: OpenTimeSpan & { kind: "clock-change" }, x: Scale): string {
  const text = `the clocks move by ${span.shiftMs > 0 ? "+" : "−"}${hoursText(Math.abs(span.shiftMs))}`;
  return `<path stroke="${COLOURS.clock}" stroke-width="2" d="M${x(span.from)} ${BAR_TOP - 4}v${BAR_HEIGHT + 8}"><title>${text}</title></path>`;
}

function mark(at: number, anchor: "start" | "end", name: string, time: string): string {
  return `<path stroke="${COLOURS.ink}" d="M${at} ${BAR_TOP - 8}v${BAR_HEIGHT + 16}"/><text x="${at}" y="${BAR_TOP - 14}" text-anchor="${anchor}">${name} ${time}</text>`;
}

function nowMark(at: number): string {
  return `<path stroke="${COLOURS.ink}" stroke-dasharray="3 2" d="M${at} ${BAR_TOP}v${BAR_HEIGHT + 8}"/><text x="${at}" y="${BAR_TOP + BAR_HEIGHT + 20}" text-anchor="middle">now</text>`;
}

function legend(withPauses: boolean): string[] {
  const entries = [
    ["counted", COLOURS.counted],
    ["night or break", COLOURS.other],
    ["weekend", COLOURS.weekend],
    ["holiday", COLOURS.holiday],
    ...(withPauses ? ([["paused", COLOURS.paused]] as const) : []),
  ] as const;
  return entries.map(([name, colour], index) => {
    const x = MARGIN + index * 130;
    return `<rect x="${x}" y="${HEIGHT - 22}" width="10" height="10" fill="${colour}"/><text x="${x + 15}" y="${HEIGHT - 13}">${name}</text>`;
  });
}

/** "Wed 18:30" on the wall. */
function wallText(zone: string, at: Instant): string {
  const clock = zoneClock(zone);
  const wallMinute = Math.floor((at + clock.offsetMs(at)) / MINUTE_MS);
  const day = Math.floor(wallMinute / (24 * 60));
  const weekday = WEEKDAY_NAMES[weekdayOfDay(day) - 1] ?? "";
  return `${weekday.slice(0, 3)} ${wallTimeOf(wallMinute - day * 24 * 60)}`;
}

function hoursText(ms: number): string {
  const minutes = Math.round((ms % HOUR_MS) / MINUTE_MS);
  const hours = Math.floor(ms / HOUR_MS);
  return [hours > 0 ? `${hours} h` : "", minutes > 0 || hours === 0 ? `${minutes} min` : ""].filter(Boolean).join(" ");
}
