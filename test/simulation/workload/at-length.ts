import { chanceOf } from "../world/chance.ts";

/** One text in so many is longer than what a message's item keeps: such texts are in the bucket. */
const LONG_SHARE = 0.02;
/** In bytes of UTF-8: some more than the 8 KB of an item. */
const LONG_BYTES = 9_000;
/** What it is made of: one, two, three and four bytes to a character. */
const PARTS = ["And so on. ", "Grüße, wie gehabt. ", "日本語でも。", "And 👋 again. "];

/** What somebody writes, now and then at length. The same names give the same text. */
export function atLength(text: string, seed: number, ...names: readonly (string | number)[]): string {
  const chance = chanceOf(seed, "words", ...names);
  if (!chance.happens(LONG_SHARE)) return text;
  const part = chance.pick(PARTS);
  return `${text} ${part.repeat(Math.ceil(LONG_BYTES / Buffer.byteLength(part)))}`;
}
