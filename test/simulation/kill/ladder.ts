/** At which of its calls of AWS a process dies: before the call, or when it was answered. */
export interface Death {
  readonly call: number;
  readonly afterwards: boolean;
}

/** The deaths of one function, one call after the other, until there is no further call at which it could die. */
export interface Ladder {
  /** The next death; undefined at the top, where one was planned so often and nobody died of it. */
  next(): Death | undefined;
  /** Whether the next death came to pass. */
  tell(died: boolean): void;
  /** How many did: they are an unbroken row from the first call on, before and after each. */
  deaths(): number;
}

/** A death that does not come may be one of a round in which the function was not reached. */
const MISSES_MAX = 3;

export function openLadder(): Ladder {
  let deaths = 0;
  let misses = 0;
  return {
    next: () => (misses < MISSES_MAX ? { call: 1 + (deaths >> 1), afterwards: deaths % 2 === 1 } : undefined),
    tell: (died) => {
      deaths += died ? 1 : 0;
      misses = died ? 0 : misses + 1;
    },
    deaths: () => deaths,
  };
}
