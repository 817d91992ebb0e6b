import { join } from "node:path";
import { type Desk, startDesk } from "@ithaca/local";
import type { TestProject } from "vitest/node";

/** What a journey knows of the desk that all journeys share. */
export type DeskUnderTest = Pick<
  Desk,
  "endpoint" | "apiUrl" | "tokenEndpoint" | "inboxUrl" | "outputs" | "stack" | "environment"
>;

declare module "vitest" {
  interface ProvidedContext {
    desk: DeskUnderTest;
  }
}

const DATA_DIR = join(import.meta.dirname, "..", "..", ".build", "journeys");

let running: Desk | undefined;

/** Starts one desk, with fresh state on free ports, before the first journey. */
export async function setup(project: TestProject): Promise<void> {
  running = await startDesk({
    dataDir: DATA_DIR,
    fresh: true,
    write: (line) => process.stderr.write(`${line}\n`),
  });
  project.provide("desk", underTest(running));
}

/** Stops it after the last. */
export async function teardown(): Promise<void> {
  await running?.stop();
}

/** The part of a desk that can be handed to another process: data alone. */
export function underTest(desk: Desk): DeskUnderTest {
  const { endpoint, apiUrl, tokenEndpoint, inboxUrl, outputs, stack, environment } = desk;
  return { endpoint, apiUrl, tokenEndpoint, inboxUrl, outputs, stack, environment };
}
