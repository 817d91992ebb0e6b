/** Writes the shipped calendars anew from their sources: `npm run regenerate -w @ithaca/policy`. */
import { writeFileSync } from "node:fs";
import { authorShippedCalendars } from "./src/authoring/author-shipped-calendars.ts";

for (const [file, calendar] of Object.entries(authorShippedCalendars())) {
  const target = new URL(`./src/shipped/${file}.json`, import.meta.url);
  writeFileSync(target, `${JSON.stringify(calendar, null, 2)}\n`);
}
