import { existsSync, readFileSync } from "node:fs";

/** How much of a log is shown when something failed. */
const SHOWN_LINES = 25;

/** The last lines of a log file, for a message. Empty when there is none. */
export function endOfLog(file: string): string {
  return existsSync(file) ? lastLines(readFileSync(file, "utf8")) : "";
}

/** The last lines of a text, for a message. */
export function lastLines(text: string, count: number = SHOWN_LINES): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
