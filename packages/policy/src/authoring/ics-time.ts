/** No event of a calendar that people keep is older. */
const EARLIEST_YEAR = 1900;

/** "20261126", "20261126T080000" or "20261126T080000Z", on a date that exists. */
export function isIcsTime(value: string): boolean {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/.exec(value);
  if (found === null || Number(found[1]) < EARLIEST_YEAR) return false;

  const iso = `${found[1]}-${found[2]}-${found[3]}`;
  const midnight = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(iso);
}
