import { freePort, isPortFree } from "./free-port.ts";

/** Where the parts of a desk listen, all on the loopback address. */
export interface Ports {
  /** The local cloud: the API, sign-in and every AWS service. */
  readonly cloud: number;
  /** The inbox's web page. */
  readonly inbox: number;
  /** The inbox's SMTP side, for the local cloud alone. */
  readonly smtp: number;
}

/**
 * Chooses the ports: the one that was asked for (the inbox takes the next one if it is free), or any that are free.
 * Throws when the port that was asked for is taken.
 */
export async function choosePorts(wanted: number | undefined): Promise<Ports> {
  if (wanted === undefined) return { cloud: await freePort(), inbox: await freePort(), smtp: await freePort() };

  if (!(await isPortFree(wanted))) {
    throw new Error(`port ${wanted} is taken by another program: end that one, or choose another port with --port`);
  }
  const next = wanted + 1;
  return { cloud: wanted, inbox: (await isPortFree(next)) ? next : await freePort(), smtp: await freePort() };
}
