import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/**
 * An agent looks at their tasks and finishes the oldest, or the manager does, or both; a colleague and a customer try it in
 * vain. The law of tasks watches what is on the lists.
 */
export const finishTask: Operation = {
  name: "finish-task",
  weight: 0,
  beside: { share: 0.5 },
  run: ({ ask, agent, cast, story, chance, violated }) => {
    const manager = userClaims(cast.manager.subject);
    const colleague = chance.pick(cast.agents.filter((one) => one !== agent));
    const claims = userClaims(agent.subject);
    const finishing = chance.pick([[claims], [claims], [manager], [claims, manager]]);

    ask({ route: "list-tasks", claims }, ({ status, text }) => {
      if (status !== 200) return violated("answers", `list-tasks was answered ${status}: ${text}`);
      const [task] = (JSON.parse(text) as { items: { id: string }[] }).items;
      if (task === undefined) return;
      const request = { route: "finish-task", params: { id: task.id } } as const;
      for (const subject of [colleague.subject, story.customer.subject]) {
        if (subject === undefined) continue;
        ask({ ...request, claims: userClaims(subject) }, (denied) => {
          if (![403, 404].includes(denied.status))
            violated(
              "authorization",
              `${task.id} was to be finished by ${subject}, and that was answered ${denied.status}`,
            );
        });
      }
      for (const by of finishing) {
        ask({ ...request, claims: by }, (done) => {
          if (done.status !== 200) violated("answers", `finish-task was answered ${done.status}: ${done.text}`);
        });
      }
    });
  },
};
