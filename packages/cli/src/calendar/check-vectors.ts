import { runVectors } from "@ithaca/domain";
import { Failure } from "../failure.ts";
import type { Globals } from "../globals.ts";
import { show } from "../output/json.ts";
import { printableLine } from "../output/printable.ts";
import { readTextFile } from "../words.ts";
import type { World } from "../world.ts";

/** Answers the vectors of a file and prints each that is not ours. Throws a Failure when there is one, or a bad line. */
export function checkVectors(world: World, file: string, { json }: Globals): void {
  const report = runVectors(readTextFile(file).split("\n"));
  const { checked, disagreements, faults } = report;
  show(world, json, report, () => {
    for (const { line, problem } of faults) world.out.write(`${printableLine(`${line}: no vector: ${problem}`)}\n`);
    for (const { line, id, op, expected, found } of disagreements) {
      world.out.write(`${printableLine(`${line}: ${id}: ${op}: the file says ${expected}, we say ${found}`)}\n`);
    }
  });
  if (disagreements.length > 0 || faults.length > 0) {
    throw new Failure(
      `${disagreements.length} of ${checked} vectors disagree, and ${faults.length} lines are none: ${file}.`,
    );
  }
  if (checked === 0) throw new Failure(`${file} has no vectors.`);
  if (json === undefined) world.out.write(`${checked} vectors agree.\n`);
}
