import { HOUR_MS, MINUTE_MS } from "@ithaca/domain";
import type { Chance } from "./chance.ts";

/** What the desk stands on. */
export const SERVICES = ["table", "stream", "bus", "queues", "timers", "mail", "lambda"] as const;
export type Service = (typeof SERVICES)[number];

/** A stretch of time in which services do not answer. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  readonly services: readonly Service[];
}

/** What may stop together, and for how long at most, in hours. The last is a region without its services (threats.md, 25). */
const KINDS: readonly { services: readonly Service[]; hours: number }[] = [
  { services: ["stream"], hours: 6 },
  { services: ["bus"], hours: 5 },
  { services: ["queues"], hours: 4 },
  { services: ["timers"], hours: 6 },
  { services: ["mail"], hours: 8 },
  { services: ["lambda"], hours: 2 },
  { services: ["table"], hours: 1 },
  { services: ["bus", "queues", "timers", "stream"], hours: 15 },
  { services: [...SERVICES], hours: 15 },
];

/** About one outage in two days; one of the long ones in each world that lives for a week. */
export function outagesOf(chance: Chance, from: number, until: number): Outage[] {
  const found: Outage[] = [];
  let at = from + chance.between(2, 30) * HOUR_MS;
  while (at < until) {
    const { services, hours } = chance.pick(KINDS);
    const lasts = chance.between(MINUTE_MS, hours * HOUR_MS);
    found.push({ from: at, until: Math.min(until, at + lasts), services });
    at += lasts + chance.between(6, 72) * HOUR_MS;
  }
  return found;
}

/** Which services answer at present. */
export interface Weather {
  isDown(service: Service): boolean;
  /** When a service that is down answers again; now for one that is not. */
  upAt(service: Service): number;
  /** How long any of these services was down between two instants, in milliseconds. */
  downBetween(from: number, until: number, services: readonly Service[]): number;
}

export function openWeather(outages: readonly Outage[], now: () => number): Weather {
  const current = (service: Service) =>
    outages.find(({ from, until, services }) => from <= now() && now() < until && services.includes(service));
  return {
    isDown: (service) => outages.length > 0 && current(service) !== undefined,
    upAt: (service) => current(service)?.until ?? now(),
    downBetween: (from, until, services) =>
      outages
        .filter((outage) => outage.services.some((service) => services.includes(service)))
        .reduce((sum, outage) => sum + Math.max(0, Math.min(until, outage.until) - Math.max(from, outage.from)), 0),
  };
}
