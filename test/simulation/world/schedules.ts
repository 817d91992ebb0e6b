import type { Agenda } from "./agenda.ts";
import { chanceOf } from "./chance.ts";
import type { Deployed } from "./deployed.ts";
import type { Faults } from "./faults.ts";
import type { Lambda } from "./lambda.ts";
import type { Weather } from "./weather.ts";

interface ScheduleWorld {
  readonly seed: number;
  readonly agenda: Agenda;
  readonly faults: Faults;
  readonly weather: Weather;
  readonly lambda: Lambda;
  /** Told of each run: whether it went through, so that lateness can be measured by it. */
  readonly onRun: (name: string, at: number, succeeded: boolean) => void;
}

const RETRY_REST_MS = 10_000;

/** Starts the functions that run by the clock; a failed run is tried again as long as the rule says. */
export function startSchedules(
  { seed, agenda, faults, weather, lambda, onRun }: ScheduleWorld,
  schedules: Deployed["schedules"],
) {
  for (const { functionName, everySeconds, retries, ageSeconds } of schedules) {
    const run = (startedAt: number, tries: number) => {
      lambda.invoke(functionName, {}, `${startedAt}.${tries}`, ({ kind }) => {
        onRun(functionName, startedAt, kind === "answered");
        if (kind === "answered" || tries > retries) return;
        if (agenda.now() + RETRY_REST_MS > startedAt + ageSeconds * 1_000) return;
        agenda.after(RETRY_REST_MS, () => run(startedAt, tries + 1));
      });
    };
    const tick = () => {
      agenda.after(everySeconds * 1_000, tick);
      // Schedules are rules of EventBridge: while it is down there are no runs.
      if (weather.isDown("bus")) return;
      if (faults.strikes("schedule-missed", chanceOf(seed, "schedule", functionName, agenda.now()))) {
        onRun(functionName, agenda.now(), false);
        return;
      }
      run(agenda.now(), 1);
    };
    agenda.after(chanceOf(seed, "schedule", functionName).between(0, everySeconds * 1_000), tick);
  }
}
