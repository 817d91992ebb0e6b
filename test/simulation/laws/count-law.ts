import { CATEGORY_OF, type Case } from "@ithaca/domain";
import { NO_TEAM, type Store } from "@ithaca/store";
import type { Cast } from "../workload/cast.ts";
import type { CaseHistory } from "./history.ts";

interface CountWorld {
  readonly cast: Pick<Cast, "agents" | "manager">;
  readonly violated: (law: string, what: string) => void;
}

/** Law 8: what the desk counted of its cases, for each team and each agent, is what there is when all are counted through. */
export function openCountLaw({ cast, violated }: CountWorld) {
  return {
    async atEnd({ cases: counting }: Pick<Store, "cases">, cases: readonly CaseHistory[]): Promise<void> {
      const states = cases.map(({ state }) => state);
      const teams = [...new Set([NO_TEAM, ...(await counting.countedTeams()), ...states.map(teamOf)])];
      for (const { principalId } of [...cast.agents, cast.manager]) {
        const counted = await counting.counts(teams, principalId);
        for (const team of teams)
          compare(team, counted.teams[team], ofTeam(states.filter((one) => teamOf(one) === team)));
        compare(principalId, counted.mine, ofAgent(states.filter(({ assigneeId }) => assigneeId === principalId)));
      }
    },
  };

  function compare<Counts extends object>(name: string, counted: Counts | undefined, told: Counts): void {
    for (const [of, number] of Object.entries(told)) {
      const kept = Object.entries(counted ?? {}).find(([one]) => one === of)?.[1];
      if (kept !== number) violated("counts", `${name} has ${number} ${of}, and the desk counted ${kept}`);
    }
  }
}

function ofTeam(states: readonly Case[]) {
  const active = states.filter(isIn("active"));
  return {
    active: active.length,
    atRisk: active.filter(isAtRisk).length,
    unassigned: active.filter(({ assigneeId }) => assigneeId === undefined).length,
    waiting: states.filter(isIn("waiting")).length,
    done: states.filter(isIn("done")).length,
  };
}

function ofAgent(states: readonly Case[]) {
  return { active: states.filter(isIn("active")).length, waiting: states.filter(isIn("waiting")).length };
}

function isIn(category: (typeof CATEGORY_OF)[Case["status"]]) {
  return ({ status }: Case) => CATEGORY_OF[status] === category;
}

/** Somebody waits for an answer, and was said to have waited long. */
function isAtRisk({ clocks }: Case): boolean {
  return clocks.some(
    ({ metric, outcome, warnedPercent, breachedAt }) =>
      metric.endsWith("response") && outcome === undefined && (warnedPercent > 0 || breachedAt !== undefined),
  );
}

function teamOf({ team = NO_TEAM }: Case): string {
  return team;
}
