/** How long after the first signal another one is taken to be the same: Ctrl-C may reach us more than once. */
const SAME_SIGNAL_MS = 1_500;

/** Resolves when somebody asks us to end (Ctrl-C, SIGTERM, a closed terminal). Who asks again ends us at once. */
export function untilInterrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (): void => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        resolve(undefined);
      } else if (performance.now() - firstAt > SAME_SIGNAL_MS) {
        process.exit(130);
      }
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  });
}
