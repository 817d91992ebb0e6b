import type { Instant } from "@ithaca/domain";

/** The desk as a whole. */
export interface DeskState {
  /** Bumped by an import or a restore: timers of an older epoch do not count, numbers cannot repeat. */
  epoch: number;
  /** Held: nothing goes out until go-live (design.md, Data). */
  outbound: "live" | "held";
  /** The sweep has armed every wake-up before this instant. */
  armedUntil: Instant;
}

/** How far the sweep has come that rewrites what lists and timers need after the rules changed. */
export interface ProjectionSweep {
  /** The revision of the rules that it follows, and when it first saw it. */
  revision: number;
  seenAt: Instant;
  /** What it looks at next; absent at the beginning. */
  cursor?: string | undefined;
  /** It is through once, and looks again for what was written by rules that were remembered. */
  again?: boolean | undefined;
  done: boolean;
}

export interface DeskStore {
  /** Epoch 1, live, nothing armed, until something is written. */
  read(): Promise<DeskState>;
  /** The next epoch, outbound held, nothing armed. */
  bumpEpoch(): Promise<DeskState>;
  /** Nothing goes out until go-live; what is armed stays so. */
  hold(): Promise<void>;
  goLive(): Promise<void>;
  setArmedUntil(at: Instant): Promise<void>;
  /** Done for the rules that ship, until something is written. */
  projections(): Promise<ProjectionSweep>;
  setProjections(sweep: ProjectionSweep): Promise<void>;
}
