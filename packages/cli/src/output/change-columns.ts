import type { Moments } from "./moment.ts";
import type { Column } from "./table.ts";

/** Who put rules in force, when and why; instants in ISO 8601. */
interface Change {
  readonly inForceFrom: string;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** The columns of a table of versions behind the one that names them. */
export function changeColumns({ dateAndTime }: Moments): Column<Change>[] {
  return [
    {
      head: "IN FORCE FROM",
      cell: ({ inForceFrom }) => dateAndTime(inForceFrom),
      raw: ({ inForceFrom }) => inForceFrom,
    },
    { head: "MADE", cell: ({ at }) => dateAndTime(at), raw: ({ at }) => at },
    { head: "BY", cell: ({ by }) => by },
    { head: "REASON", cell: ({ reason }) => reason },
  ];
}
