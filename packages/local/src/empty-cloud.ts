import { openDataDir } from "./data-dir.ts";
import { type LocalCloud, startLocalCloud } from "./local-cloud.ts";
import { choosePorts } from "./ports.ts";
import { createProcesses } from "./processes.ts";

/** The local cloud with nothing deployed on it. */
export interface EmptyCloud extends Pick<LocalCloud, "endpoint"> {
  stop(): Promise<void>;
}

/** Starts the local cloud alone, on a folder whose data it forgets. */
export async function startEmptyCloud(path: string): Promise<EmptyCloud> {
  const dataDir = openDataDir(path, { fresh: true });
  const processes = createProcesses();
  const stop = async () => {
    await processes.stopAll();
    dataDir.release();
  };
  try {
    const { cloud, smtp } = await choosePorts(undefined);
    const { endpoint } = await startLocalCloud(processes, { port: cloud, smtpPort: smtp, dataDir });
    return { endpoint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
