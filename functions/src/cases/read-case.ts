import { authorize, type Case, caseIdOf } from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRequest } from "../runtime/on-request.ts";
import type { Ports } from "../runtime/ports.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { effectsOf, factsShown, recentFacts } from "./case-history.ts";
import { messagesOf } from "./case-messages.ts";
import { summaryOf } from "./case-summary.ts";
import { clockView } from "./clock-view.ts";
import { readGoingOn } from "./follow-merges.ts";
import { NO_NAMES, namesOnCase, namesShown } from "./names.ts";
import { manifest } from "./read-case.manifest.ts";

type ReadPorts = Pick<Ports, "cases" | "messages" | "effects" | "directory" | "rulebooks" | "clock" | "count" | "note">;

/** Shows a case whole, by its number or by that of one that was merged into it; to a customer without what is among agents: notes, facts, effects, mail evidence, review marks, statuses of the desk's own. */
export async function readCase(
  { principal, params, may }: Asked<"read-case">,
  ports: ReadPorts,
): Promise<Answer<"read-case">> {
  const found = await readGoingOn(caseIdOf(params.number), ports.cases);
  if (found === undefined) return no("not-there");
  const { case: current, projection } = found;
  const resource = { kind: "case", case: current } as const;
  if (!may(resource)) return no("not-there");

  const internal = authorize(principal, "case.read-internal", resource);
  const recorded = await recentFacts(current, ports.cases);
  const [{ subject, shown }, facts, effects, names, requester, rulebook] = await Promise.all([
    messagesOf(current, recorded, internal, ports),
    internal ? factsShown(recorded, ports.messages) : undefined,
    internal ? effectsOf(current, ports.effects) : undefined,
    internal ? namesOnCase(current, recorded, ports) : NO_NAMES,
    ports.directory.person(current.requesterId),
    ports.rulebooks.inForce(ports.clock(), [current]),
  ]);

  return {
    status: 200,
    version: current.version,
    body: {
      ...summaryOf(internal ? current : { ...current, ownStatus: undefined }, projection.dueAt, names),
      ...(internal ? detailsOf(current) : publicDetailsOf(current)),
      ...(subject !== undefined && { subject }),
      requester: { id: current.requesterId, ...(requester?.name !== undefined && { name: requester.name }) },
      clocks: current.clocks.map((cycle) => clockView(current, cycle, rulebook, ports.clock())),
      messages: shown,
      ...(facts !== undefined && { names: namesShown(names), facts }),
      ...(effects !== undefined && { effects }),
    },
  };
}

/** What of the state is shown as it is. */
function detailsOf(current: Case) {
  const { id, channel, senderVerified, participants, triageOwed, links, tags, marks, fields } = current;
  const { accountId, firstAnsweredAt, resolvedAt, flag, product, productVersion, category } = current;
  const { collaborators, waitsUntil } = current;
  return {
    id,
    channel,
    senderVerified,
    participants,
    triageOwed,
    links,
    tags,
    marks,
    fields,
    ...(accountId !== undefined && { accountId }),
    ...(current.package !== undefined && { package: current.package }),
    ...(flag !== undefined && { flag }),
    ...(firstAnsweredAt !== undefined && { firstAnsweredAt }),
    ...(resolvedAt !== undefined && { resolvedAt }),
    ...(product !== undefined && { product }),
    ...(productVersion !== undefined && { productVersion }),
    ...(category !== undefined && { category }),
    ...(collaborators !== undefined && { collaborators }),
    ...(waitsUntil !== undefined && { waitsUntil }),
  };
}

/** The links that a customer is told of; any other could be to a case that is not theirs (threats.md, 15). */
const PUBLIC_LINKS: readonly Case["links"][number]["kind"][] = ["follows"];

function publicDetailsOf(current: Case) {
  const { flag: _flag, collaborators: _collaborators, ...details } = detailsOf(current);
  const links = current.links.filter(({ kind }) => PUBLIC_LINKS.includes(kind));
  return { ...details, links, tags: [], marks: [], fields: {} };
}

export const handler = onRequest(manifest, readCase, connect(toTable));
