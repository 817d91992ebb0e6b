import { InvalidArgumentError } from "commander";

/** The number of a version. Throws for anything else, as commander has it of an option's value. */
export function versionNumber(written: string): number {
  if (!/^[1-9]\d{0,8}$/.test(written)) throw new InvalidArgumentError("It must be the number of a version, such as 3.");
  return Number(written);
}
