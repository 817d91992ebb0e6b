import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { instant } from "@ithaca/domain";
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
      ask,
    },
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

async function ask(question: string, secret: boolean): Promise<string> {
  process.stderr.write(question);
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: secret ? nothing : process.stderr, terminal: true });
  try {
    return await asking.question("");
  } finally {
    asking.close();
    if (secret) process.stderr.write("\n");
  }
}
