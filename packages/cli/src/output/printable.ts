/** Every control character but line breaks and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text that others wrote, safe for a terminal: without escape sequences, which could move the cursor or rewrite what
 * was printed, and without marks that turn the direction of what follows. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(CONTROL, "").replace(DIRECTION, "");
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}
