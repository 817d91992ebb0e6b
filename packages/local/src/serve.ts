import { startDesk } from "./desk.ts";
import type { StartOptions } from "./options.ts";
import { untilInterrupted } from "./until-interrupted.ts";

/** Runs a desk until somebody ends it. */
export async function serve(options: StartOptions, write: (line: string) => void): Promise<void> {
  const interrupted = untilInterrupted();
  const starting = startDesk({ ...deskOptions(options), write });
  const desk = await Promise.race([starting, interrupted]);
  if (!desk) {
    write("stopping …");
    return;
  }
  write("");
  write(`API    ${desk.apiUrl}`);
  write(`inbox  ${desk.inboxUrl}`);
  write("Ctrl-C stops it.");
  await interrupted;
  write("stopping …");
  await desk.stop();
}

function deskOptions({ dataDir, fresh, port }: StartOptions) {
  return port === undefined ? { dataDir, fresh } : { dataDir, fresh, port };
}
