import type { EnvironmentOf, Manifest } from "@ithaca/functions/manifest";

/** Every function of the desk. A test compares this list with the manifests on disk. */
export const manifests = [] as const satisfies readonly Manifest[];

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Every variable that some function asks for. The stack's environment is of this type, so none can be missing. */
export type DeskEnvironment = Intersection<EnvironmentOf<(typeof manifests)[number]>>;
