import { DAY_MS, HOUR_MS, MINUTE_MS } from "@ithaca/domain";
import type { Agenda } from "./agenda.ts";
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

/** Services that may stop together, and for how long at most. */
interface Kind {
  readonly services: readonly Service[];
  readonly hours: number;
}

/** A region without its services (threats.md, 25). */
const REGION: Kind = { services: SERVICES, hours: 15 };
/** What may stop together. */
const KINDS: readonly Kind[] = [
  { services: ["stream"], hours: 6 },
  { services: ["bus"], hours: 5 },
  { services: ["queues"], hours: 4 },
  { services: ["timers"], hours: 6 },
  { services: ["mail"], hours: 8 },
  { services: ["lambda"], hours: 2 },
  { services: ["table"], hours: 1 },
  { services: ["bus", "queues", "timers", "stream"], hours: 15 },
  REGION,
];

/** In a world that lives so long the first outage is the region's, for the whole of its time. */
const REGION_WITHIN_MS = 7 * DAY_MS;

/** About one outage in two days. */
export function outagesOf(chance: Chance, from: number, until: number): Outage[] {
  const found: Outage[] = [];
  const hasRegional = until - from >= REGION_WITHIN_MS;
  let at = from + chance.between(2, 30) * HOUR_MS;
  while (at < until) {
    const isRegional = hasRegional && found.length === 0;
    const { services, hours } = isRegional ? REGION : chance.pick(KINDS);
    const lasts = isRegional ? hours * HOUR_MS : chance.between(MINUTE_MS, hours * HOUR_MS);
    found.push({ from: at, until: Math.min(until, at + lasts), services });
    at += lasts + chance.between(6, 72) * HOUR_MS;
  }
  return found;
}

/** Whether it is a region that stops, for all of the hours that it may. */
export function isWholeRegional({ from, until, services }: Outage): boolean {
  return services === REGION.services && until - from === REGION.hours * HOUR_MS;
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

/** Does something now, or as soon as a service that is down is up again. */
export function whenUp(
  { agenda, weather }: { readonly agenda: Agenda; readonly weather: Weather },
  service: Service,
  act: () => void,
): void {
  if (weather.isDown(service)) agenda.at(weather.upAt(service), () => whenUp({ agenda, weather }, service, act));
  else act();
}
