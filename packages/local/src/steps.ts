/** An expected end of a start: which step failed, why, and what to do. Shown without a stack trace. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";
  readonly step: string;

  constructor(step: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.step = step;
  }
}

/** Does named steps one after another and says how each went. */
export interface Steps {
  /** Does one step: says its name, does it, says its seconds. A step that takes too long, or throws, is a StepFailed. */
  run<Result>(
    name: string,
    timeoutSeconds: number,
    work: (say: (line: string) => void) => Promise<Result>,
  ): Promise<Result>;
}

/** Steps that say what they do through `write`, a line at a time. */
export function createSteps(write: (line: string) => void): Steps {
  return {
    async run(name, timeoutSeconds, work) {
      const startedAt = performance.now();
      write(`· ${name} …`);
      const say = (line: string): void => write(`    ${line}`);
      const result = await withinTime(name, timeoutSeconds, work(say));
      write(`✓ ${name} (${seconds(performance.now() - startedAt)} s)`);
      return result;
    },
  };
}

/** Milliseconds as seconds with one decimal. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

async function withinTime<Result>(step: string, timeoutSeconds: number, work: Promise<Result>): Promise<Result> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(
      () => reject(new StepFailed(step, `took longer than ${timeoutSeconds} s`)),
      timeoutSeconds * 1000,
    );
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof StepFailed) throw error;
    throw new StepFailed(step, error instanceof Error ? error.message : String(error), error);
  } finally {
    clearTimeout(limit);
  }
}
