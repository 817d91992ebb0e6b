/** Choices that are the same for the same seed. */
export type Randomness = {
  /** A whole number from `low` to `high`, both included. */
  readonly integer: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Value>(values: readonly Value[]) => Value;
};

/** A linear congruential generator (the constants of Numerical Recipes), 32 bits at a time. */
export function seededRandomness(seed: number): Randomness {
  let state = seed >>> 0;
  const fraction = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1));

  return {
    integer,
    chance: (probability) => fraction() < probability,
    pick: <Value>(values: readonly Value[]) => values[integer(0, values.length - 1)] as Value,
  };
}
