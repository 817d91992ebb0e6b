/** Something that keeps a policy from being used. Shaped like a calendar's fault, so that one list can show both. */
export interface PolicyFault {
  readonly code:
    | "invalid"
    | "unknown-field"
    | "unknown-team"
    | "unknown-calendar"
    | "unknown-priority"
    | "unknown-channel"
    | "unknown-package"
    | "code-twice"
    | "rank-twice"
    | "no-first-response"
    | "no-catch-all"
    | "never-opens"
    | "target-does-not-fit"
    | "unhandled-channel"
    | "cover-hole"
    | "unreachable"
    | "over-top-tier"
    | "goes-nowhere"
    | "tells-nobody";
  /** A JSON pointer to the field, "/targets/2/length". */
  readonly path: string;
  /** What is wrong. */
  readonly problem: string;
  /** What to do about it. */
  readonly remedy: string;
}
