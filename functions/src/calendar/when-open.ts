import { HorizonReached, type Instant, isOpen, nextClosing, nextOpening, type OpenHours } from "@ithaca/domain";

/** Whether somebody is there, since or from when, and until when. */
export interface WhenOpen {
  readonly isOpen: boolean;
  readonly opensAt?: Instant;
  readonly closesAt?: Instant;
}

/** The opening at or after an instant, and its closing, as far as there is one. */
export function whenOpen(hours: OpenHours, at: Instant): WhenOpen {
  const opensAt = openingFrom(hours, at);
  if (opensAt === undefined) return { isOpen: false };
  const closesAt = nextClosing(hours, opensAt);
  return { isOpen: isOpen(hours, at), opensAt, ...(closesAt !== undefined && { closesAt }) };
}

function openingFrom(hours: OpenHours, at: Instant): Instant | undefined {
  try {
    return nextOpening(hours, at);
  } catch (error) {
    if (error instanceof HorizonReached) return undefined;
    throw error;
  }
}
