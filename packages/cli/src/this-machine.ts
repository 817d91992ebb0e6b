import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { instant } from "@ithaca/domain";
import { ask } from "./sign-in/ask.ts";
import type { Terminal, World } from "./world.ts";

const COLUMNS_DEFAULT = 100;

/** The world as it is. */
export function thisMachine(): World {
  return {
    env: process.env,
    out: terminal(process.stdout),
    err: terminal(process.stderr),
    fetch,
    input: {
      isTerminal: process.stdin.isTTY === true,
      read: () => text(process.stdin),
      ask: (question, secret) => ask(question, secret, { input: process.stdin, output: process.stderr }),
    },
    edit: async (about) => editText(process.env.VISUAL || process.env.EDITOR, about),
    now: () => instant(Date.now()),
    newId: () => crypto.randomUUID(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

function terminal(stream: NodeJS.WriteStream): Terminal {
  return {
    write: (written) => void stream.write(written),
    isTerminal: stream.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: stream.columns || COLUMNS_DEFAULT,
  };
}

/** Opens an editor on an empty file and gives back what was written in it, but for lines that begin with #. */
function editText(editor: string | undefined, about: string): string | undefined {
  if (editor === undefined || editor === "" || process.stdin.isTTY !== true) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "ithaca-"));
  const path = join(folder, "words.md");
  try {
    writeFileSync(path, `\n# ${about} Lines that begin with # are left out.\n`, { mode: 0o600 });
    // An editor is often a command with options: "code --wait".
    const { status } = spawnSync("/bin/sh", ["-c", `${editor} "$1"`, "editor", path], { stdio: "inherit" });
    if (status !== 0) return undefined;
    const lines = readFileSync(path, "utf8").split("\n");
    return lines
      .filter((line) => !line.startsWith("#"))
      .join("\n")
      .trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
