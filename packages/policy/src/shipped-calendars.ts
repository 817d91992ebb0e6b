import { Calendar } from "@ithaca/domain";
import * as z from "zod/mini";
import auCalendar from "./shipped/au-calendar.json" with { type: "json" };
import auChatCalendar from "./shipped/au-chat-calendar.json" with { type: "json" };
import mainCalendar from "./shipped/main-calendar.json" with { type: "json" };
import mainChatCalendar from "./shipped/main-chat-calendar.json" with { type: "json" };
import roundTheClockCalendar from "./shipped/round-the-clock-calendar.json" with { type: "json" };

const shipped = [mainCalendar, auCalendar, mainChatCalendar, auChatCalendar, roundTheClockCalendar];

/** The calendars of the shipped policy, version 1 of each, with their holidays resolved to dates. */
export function shippedCalendars(): Calendar[] {
  return shipped.map((calendar) => z.parse(Calendar, calendar));
}
