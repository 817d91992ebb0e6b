/** How the command ends; scripts rely on these. */
export const EXIT = {
  done: 0,
  /** Refused or failed: standard error says why. */
  failed: 1,
  /** The command was written wrongly. */
  usage: 2,
  notSignedIn: 3,
  /** There is no such thing, or it is not yours to see. */
  notThere: 4,
  /** The case has changed since it was read; nothing was done. */
  stale: 5,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The codes in words, for --help. */
export const EXIT_CODES_HELP = `
Exit codes:
  0  done
  1  refused or failed; standard error says why
  2  the command was written wrongly
  3  not signed in
  4  no such thing, or not yours to see
  5  the case has changed meanwhile; nothing was done`;
