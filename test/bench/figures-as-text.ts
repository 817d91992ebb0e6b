import type { Footprint } from "./footprint.ts";
import type { Figures } from "./run.ts";

/** The figures of a run as a page of text, ending in a line break. */
export function figuresAsText({
  machine,
  creates,
  breaches,
  idle,
  afterCreates,
  afterBreaches,
  functions,
}: Figures): string {
  return [
    `${machine.processors}, ${machine.memoryGb} GB, Node ${machine.node}`,
    "",
    ...table(
      ["clients", "cases", "creates/s", "p50 ms", "p95 ms", "drained s", "done p50 s", "done max s", "not done"],
      creates.map((one) => [
        one.clients,
        one.cases,
        one.createsPerSecond,
        one.p50Ms,
        one.p95Ms,
        one.drainedAfterSeconds,
        one.doneP50Seconds,
        one.doneMaxSeconds,
        one.notDone,
      ]),
    ),
    "",
    ...table(
      ["clocks", "breached", "late p50 s", "late max s", "all done s"],
      [
        [
          breaches.clocks,
          breaches.breached,
          breaches.latenessP50Seconds,
          breaches.latenessMaxSeconds,
          breaches.allDoneAfterSeconds,
        ],
      ],
    ),
    "",
    ...table(
      ["processes", "all", "of functions", "MB", "of functions"],
      [
        ["idle", ...footprintRow(idle)],
        ["after the creates", ...footprintRow(afterCreates)],
        ["after the breaches", ...footprintRow(afterBreaches)],
      ],
    ),
    "",
    ...table(
      ["function", "bundle KB", "load ms", "own CPU ms"],
      functions.map(({ name, bundleKb, loadMs, ownCpuMs }) => [name, bundleKb, loadMs, ownCpuMs ?? "-"]),
    ),
    "",
  ].join("\n");
}

function footprintRow({ processes, functionProcesses, residentMb, functionsResidentMb }: Footprint): number[] {
  return [processes, functionProcesses, residentMb, functionsResidentMb];
}

/** Columns as wide as their widest cell; the first is a name or a count, the others are figures. */
function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string[] {
  const lines = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  "),
  );
}
