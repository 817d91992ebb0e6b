/**
 * Writes the shipped calendars, and what the documents show of them, anew from their sources:
 * `npm run regenerate -w @ithaca/policy`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { authorShippedCalendars } from "./src/authoring/author-shipped-calendars.ts";
import { calendarDocuments, replaceMarked } from "./src/authoring/calendar-documents.ts";

const SHIPPED = new URL("./src/shipped/", import.meta.url);
const DOCS = new URL("../../docs/", import.meta.url);

const calendars = authorShippedCalendars();
for (const [file, calendar] of Object.entries(calendars)) {
  writeFileSync(new URL(`${file}.json`, SHIPPED), `${JSON.stringify(calendar, null, 2)}\n`);
}

const { "main-calendar": main, "au-calendar": au } = calendars;
if (main === undefined || au === undefined) throw new Error("the calendars of both teams are shipped");
const page = new URL("calendar.md", DOCS);
for (const [name, text] of Object.entries(calendarDocuments(main, au))) {
  if (name.endsWith(".svg")) writeFileSync(new URL(name, DOCS), text);
  else writeFileSync(page, replaceMarked(readFileSync(page, "utf8"), name, text));
}
