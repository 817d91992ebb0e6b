/**
 * The door for whoever publishes calendars: page, feed, picture and JSON. It brings the feed's writer along, so that
 * what publishes nothing comes through the main one.
 */
export { PAGE_STYLE } from "./publishing/page-frame.ts";
export * from "./publishing/public-calendar.ts";
export * from "./publishing/render-calendar-page.ts";
export * from "./publishing/render-calendars-page.ts";
export * from "./publishing/render-explanation-bar.ts";
export * from "./publishing/render-ics-feed.ts";
export * from "./publishing/render-year-strip.ts";
