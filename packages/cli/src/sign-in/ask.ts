import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** Where a person is asked: what they type, and what they read. */
export interface AskedAt {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks a person for a line. A secret is not shown as it is typed, nor when it is typed at once: the terminal stops to echo
 * before the question is there to be answered.
 */
export async function ask(question: string, secret: boolean, { input, output }: AskedAt): Promise<string> {
  const nothing = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input, output: secret ? nothing : output, terminal: true });
  try {
    output.write(question);
    return await asking.question("");
  } finally {
    asking.close();
    if (secret) output.write("\n");
  }
}
