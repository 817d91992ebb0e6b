import { bundleDesk } from "./bundle-desk.ts";
import { NEXT_VERSION } from "./next-version.ts";
import type { Patch } from "./patch.ts";

/** The code that a world runs: today's, and tomorrow's for its deploys. */
export interface DeskBundles {
  readonly bundle: string;
  readonly nextBundle: string;
}

/** Both codes with one mistake. */
export async function bundleBoth(patches: readonly Patch[] = []): Promise<DeskBundles> {
  return { bundle: await bundleDesk(patches), nextBundle: await bundleTomorrows(patches) };
}

/** Tomorrow's code with the same mistake; where tomorrow's is another at that very place, it has not made it. */
export function bundleTomorrows(patches: readonly Patch[]): Promise<string> {
  const isTaken = ({ file, find }: Patch) =>
    NEXT_VERSION.some((next) => next.file === file && find.includes(next.find));
  return bundleDesk([...patches.filter((patch) => !isTaken(patch)), ...NEXT_VERSION]);
}
