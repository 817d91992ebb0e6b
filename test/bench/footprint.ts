import { readdirSync, readFileSync } from "node:fs";

/** The processes of a desk and what they hold in memory. */
export interface Footprint {
  readonly processes: number;
  readonly functionProcesses: number;
  readonly residentMb: number;
  readonly functionsResidentMb: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly residentKb: number;
}

const KB_IN_MB = 1_024;

/** What runs under a process, itself included, as the kernel counts it now. Linux only. */
export function footprintUnder(rootPids: readonly number[]): Footprint {
  const all = runningProcesses();
  const family = new Set(rootPids);
  for (let before = -1; before < family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  // The shells that guard the children are part of starting a desk, and no part of the desk.
  const members = all.filter(({ pid, command }) => family.has(pid) && !command.startsWith("/bin/sh"));
  const functions = members.filter(({ command }) => /\bnode\b/.test(command) && !command.includes("maildev"));
  return {
    processes: members.length,
    functionProcesses: functions.length,
    residentMb: megabytes(members),
    functionsResidentMb: megabytes(functions),
  };
}

function megabytes(processes: readonly Process[]): number {
  return Math.round(processes.reduce((sum, { residentKb }) => sum + residentKb, 0) / KB_IN_MB);
}

function runningProcesses(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, "utf8");
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        const field = (label: string) => Number(new RegExp(`^${label}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
        return [{ pid: Number(name), parent: field("PPid"), command, residentKb: field("VmRSS") }];
      } catch {
        // It ended between being listed and being looked at.
        return [];
      }
    });
}
