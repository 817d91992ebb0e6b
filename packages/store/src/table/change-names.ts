import type { Change } from "./table.ts";

/** Throws for a change that names an attribute twice: DynamoDB refuses it, be its condition met or not. */
export function requireNamedOnce({ set = {}, remove = [], increment }: Change): void {
  const names = [...Object.keys(set), ...remove, ...(increment === undefined ? [] : [increment])];
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new Error(`a change names ${twice} twice: set it, remove it or count it up`);
}
