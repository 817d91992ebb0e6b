/** The packages of a lockfile, by their places. */
export type Locked = Readonly<
  Record<string, { readonly version?: string; readonly link?: boolean; readonly optional?: boolean }>
>;

/**
 * The packages of others that a lockfile has at another version than a second one, or that the second one lacks, as
 * `name version`. Optional ones do not count: which of them are installed is the machine's matter.
 */
export function otherVersions(locked: Locked, present: Locked): string[] {
  return Object.entries(locked).flatMap(([place, { version, link, optional }]) => {
    const isOthers = place.includes("node_modules/") && link !== true && optional !== true;
    return isOthers && present[place]?.version !== version ? [`${place.split("node_modules/").at(-1)} ${version}`] : [];
  });
}
