import * as z from "zod/mini";

/**
 * A case number is said over a phone and keyed into an IVR: the desk's epoch, seven random digits, a check digit.
 * Nine digits while the epoch is one digit long. A number opens nothing by itself (threats.md, 5).
 */
export const CaseNumber = z.string().check(
  z.regex(/^[1-9][0-9]{8,11}$/, "a case number is nine digits"),
  z.refine((digits) => dammDigit(digits) === 0, "the last digit of the case number does not fit: it is mistyped"),
);
export type CaseNumber = z.infer<typeof CaseNumber>;

/** A case is known by its number everywhere; the id is the number with its noun in front. */
export const CaseId = z.string().check(z.regex(/^case_[1-9][0-9]{8,11}$/, "an id that begins with case_"));
export type CaseId = z.infer<typeof CaseId>;

export const RANDOM_NUMBERS = 10_000_000;

/** The number made of an epoch (1 or more) and a random integer in [0, RANDOM_NUMBERS). */
export function caseNumber(epoch: number, random: number): CaseNumber {
  const digits = `${epoch}${String(random).padStart(7, "0")}`;
  return `${digits}${dammDigit(digits)}`;
}

export function caseIdOf(number: CaseNumber): CaseId {
  return `case_${number}`;
}

export function numberOf(caseId: CaseId): CaseNumber {
  return caseId.slice("case_".length);
}

/** Groups of three, as people say a number aloud: 148 203 917. */
export function spokenNumber(number: CaseNumber): string {
  return number.replace(/(?<=^(\d{3})+)(?=\d)/g, " ");
}

/** H. M. Damm's quasigroup of order 10: finds every wrong digit and every swap of two neighbours. */
const QUASIGROUP = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];

/** The check digit of a string of digits; 0 when the string already ends in its own. */
function dammDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(QUASIGROUP[interim]?.[Number(digit)]);
  return interim;
}
