import { DAY_MS } from "@ithaca/domain";
import { userClaims } from "../cast.ts";
import type { Acting, Operation } from "../operation.ts";

/** Of a case that intake could not triage. */
const NO_CLOCK_YET = "urn:ithaca:problem:no-clock";

/** An agent looks at how much there is to do, at whoever asks, and at when the team is open; a lead at what was kept. */
export const lookAround: Operation = {
  name: "look-around",
  weight: 1,
  run: (acting) => {
    const { ask, cast, agent, chance, violated } = acting;
    const lead = cast.agents[0] ?? agent;
    for (const request of questions(acting)) {
      if (!chance.happens(0.6)) continue;
      const { subject } = request.route === "report-attainment" ? lead : agent;
      ask({ ...request, claims: userClaims(subject) }, ({ status, text }) => {
        if (status === 409 && text.includes(NO_CLOCK_YET)) return;
        if (status !== 200) violated("answers", `${request.route} was answered ${status}: ${text}`);
      });
    }
  },
};

function questions({ world, story, agent, chance }: Acting) {
  const { customer, number } = story;
  const now = world.agenda.now();
  const [start, end] = [now, now + 5 * DAY_MS].map((at) => new Date(at).toISOString()) as [string, string];
  const month = start.slice(0, "2026-10".length);
  const params = { id: chance.pick(["main-hours", "au-hours"]) };
  return [
    { route: "count-cases" },
    { route: "list-changes" },
    { route: "list-tasks" },
    { route: "read-self" },
    { route: "read-principal", params: { id: agent.principalId } },
    { route: "list-calendars" },
    { route: "read-calendar", params },
    { route: "list-openings", params, query: { from: start, until: end } },
    { route: "find-opening", params, query: { at: start } },
    { route: "add-open-time", params, query: { start, minutes: "90" } },
    { route: "measure-open-time", params, query: { start, end } },
    { route: "explain-open-time", params, query: { start, end } },
    { route: "read-coverage", query: { months: "1" } },
    { route: "report-attainment", query: { from: month, to: month } },
    ...(number === undefined ? [] : [{ route: "draw-clock", params: { number, metric: "first-response" } } as const]),
    ...(customer.accountId === undefined
      ? []
      : ([
          { route: "read-account", params: { id: customer.accountId } },
          { route: "read-person", params: { id: customer.personId } },
        ] as const)),
  ] as const;
}
