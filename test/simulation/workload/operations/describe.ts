import type { Operation } from "../operation.ts";

const TAGS = [[], ["urgent"], ["billing", "urgent"]];

/** An agent says what the case is about, or that it is none. */
export const describe: Operation = {
  name: "describe",
  weight: 2,
  run: ({ change, chance, later }) => {
    if (chance.happens(0.7)) return change({ route: "change-tags", body: { tags: chance.pick(TAGS) } });
    change({ route: "change-marks", body: { marks: [chance.pick(["test", "spam", "false-alarm"])] } });
    if (chance.happens(0.6)) later(() => change({ route: "change-marks", body: { marks: [] } }));
  },
};
