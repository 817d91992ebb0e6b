/**
 * The door for whoever makes calendars: commands and tests. It brings the holidays of the world along (1.4 MB), so that
 * nothing which answers a request may come through it.
 */
export * from "./authoring/author-shipped-calendars.ts";
export * from "./authoring/calendar-documents.ts";
export * from "./authoring/ics-structure.ts";
export * from "./authoring/import-ics.ts";
export * from "./authoring/resolve-holidays.ts";
