/** Where a command tells what it does: people read what it says, programs its one result. */
export interface Teller {
  say(text: string): void;
  result(value: unknown): void;
}

/** People read the standard error, programs one line of JSON on the standard output. */
export const ON_TERMINAL: Teller = {
  say: (text) => process.stderr.write(`${text}\n`),
  result: (value) => process.stdout.write(`${JSON.stringify(value)}\n`),
};
