import { KEY_END } from "../keys.ts";

/** A cursor that no page gave: the caller's fault (400). */
export class InvalidCursor extends Error {
  override readonly name = "InvalidCursor";

  constructor() {
    super("the cursor is not one that a page gave");
  }
}

const CURSOR_MAX_LENGTH = 400;
const PLACE = /^[0-9A-Za-z:.#_-]+$/;
/** Sorts before every character that a place is made of. */
const NEXT = " ";

/** Where a page ended, as text that means nothing to whoever holds it. It names a place and grants nothing. */
export function cursorAt(place: string): string {
  return Buffer.from(place).toString("base64url");
}

/** The first place behind a cursor. Throws InvalidCursor. */
export function placeAfter(cursor: string): string {
  if (cursor.length > CURSOR_MAX_LENGTH) throw new InvalidCursor();
  const place = Buffer.from(cursor, "base64url").toString();
  if (!PLACE.test(place) || cursorAt(place) !== cursor || place >= KEY_END) throw new InvalidCursor();
  return `${place}${NEXT}`;
}
