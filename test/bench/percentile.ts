/** The value that `share` (0 to 1) of the values do not exceed; NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** A number to so many decimals. */
export function rounded(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}
