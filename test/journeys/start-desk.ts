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

const BUILD = join(import.meta.dirname, "..", "..", ".build");

let running: Desk | undefined;

/** Starts one desk, with fresh state on free ports, before the first journey of a project. */
export async function setup(project: TestProject): Promise<void> {
  running = await startDesk({
    dataDir: join(BUILD, project.name),
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
