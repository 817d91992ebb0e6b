import type { ChangeWatch } from "./change-watch.ts";

/** Keeps the desk's data now and then, and once more at the end. */
export interface Keeper {
  /** Waits for what is being kept, keeps what there is now, and stops. */
  finish(): Promise<void>;
}

const KEEP_EVERY_MS = 60_000;

/** What is kept, and when. */
export interface KeeperPlan {
  readonly watch: ChangeWatch;
  readonly keep: () => Promise<void>;
  /** Takes the reason when the data could not be kept. */
  readonly tell: (line: string) => void;
}

/**
 * Calls `keep` once a minute while something changed, and once more after that: that a mail has been sent adds nothing to
 * the table that the watch could see. A failure is told, and the next minute tries again; only finish() throws.
 */
export function startKeeper({ watch, keep, tell }: KeeperPlan): Keeper {
  let owed = false;
  let current: Promise<void> = Promise.resolve();

  const keepIfChanged = async (): Promise<void> => {
    const changed = await watch.changed();
    owed ||= changed;
    if (!owed) return;
    await keep();
    owed = changed;
  };
  const timer = setInterval(() => {
    current = current.then(keepIfChanged).catch((error: unknown) => {
      tell(`the data could not be kept: ${error instanceof Error ? error.message : error}`);
    });
  }, KEEP_EVERY_MS);

  return {
    async finish() {
      clearInterval(timer);
      await current;
      try {
        await keep();
      } finally {
        watch.close();
      }
    },
  };
}
