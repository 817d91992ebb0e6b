/** Choices that are the same for the same seed and name. */
export interface Chance {
  /** A number in [0, 1). */
  next(): number;
  happens(rate: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  pick<One>(from: readonly One[]): One;
}

/**
 * The one source of randomness: a stream of its own for each name, all of them from the seed. What one story or one call
 * draws does not move what another draws, so that a history can be made shorter and still go wrong in the same way.
 */
export function chanceOf(seed: number, ...names: readonly (string | number)[]): Chance {
  let state = hashOf(names.join("/"), seed);
  const next = () => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    happens: (rate) => rate > 0 && next() < rate,
    between,
    pick: <One>(from: readonly One[]) => from[between(0, from.length - 1)] as One,
  };
}

const FNV_PRIME = 0x01000193;

/** FNV-1a over a text, begun with a seed and mixed at the end (murmur3's finaliser). */
export function hashOf(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) | 0;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
