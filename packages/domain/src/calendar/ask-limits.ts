/** The most that one question about business time may ask for, of a desk as of a machine that has none. */
export const ASK_LIMITS = {
  /** The longest time whose openings or spans are listed, in days. */
  listedDays: 400,
  /** The longest time in which open time is measured, in days: a hundred years. */
  measuredDays: 36_525,
  /** The most open time that is added, in minutes: ten years of day and night. */
  addedMinutes: 5_260_320,
  /** How far ahead it is told who covers what, in months. */
  coverageMonths: 24,
} as const;
