/** One thing in which two versions of rules differ. */
export interface RulesChange {
  readonly kind: "added" | "removed" | "moved" | "changed";
  /** Whose it is, by its name and not by its place: "/targets/high-response/length". */
  readonly path: string;
  /** In words: "target high-response (…): 4 h → 3 h, on the owning team's hours". */
  readonly words: string;
}
