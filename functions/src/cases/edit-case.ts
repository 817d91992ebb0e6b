import {
  actorOf,
  addParticipant,
  caseIdOf,
  changeStatus,
  GIVEN,
  handOver,
  link,
  refuse,
  removeParticipant,
  setCollaborators,
  setFields,
  setMarks,
  setTags,
  unlink,
} from "@ithaca/domain";
import { connect } from "../runtime/connect.ts";
import { onRoutes } from "../runtime/on-routes.ts";
import { type Answer, type Asked, no } from "../runtime/request.ts";
import { toTable } from "../runtime/to-table.ts";
import { reasonFor } from "./agent-message.ts";
import { type ChangePorts, changeCase } from "./change-case.ts";
import { manifest } from "./edit-case.manifest.ts";

/** Gives a case to another team. */
export async function changeTeam(asked: Asked<"change-team">, ports: ChangePorts): Promise<Answer<"change-team">> {
  const by = actorOf(asked.principal);
  const { team } = asked.body;
  const reason = reasonFor(asked.body.reason, by, ports.newId);
  return changeCase(asked, ports, 200, {
    reason,
    decide: (latest, rulebook, now) => handOver(latest, { team, reasonId: reason?.id }, rulebook, now, by),
  });
}

/** Lets a case wait, or opens it again. */
export async function changeCaseStatus(
  asked: Asked<"change-status">,
  ports: ChangePorts,
): Promise<Answer<"change-status">> {
  const by = actorOf(asked.principal);
  const { status: to, until } = asked.body;
  // What goes with a status of the desk's own, the policy says.
  if (GIVEN.some((one) => one === to) && (to === "waiting-until") !== (until !== undefined)) {
    return no("invalid-request", { errors: [{ path: "until", message: "goes with waiting-until, and only with it" }] });
  }
  return changeCase(asked, ports, 200, {
    decide: (latest, rulebook, now) => changeStatus(latest, { to, until }, rulebook, now, by),
  });
}

/** Gives a case the tags that it is to have. */
export async function changeTags(asked: Asked<"change-tags">, ports: ChangePorts): Promise<Answer<"change-tags">> {
  const by = actorOf(asked.principal);
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) => setTags(latest, asked.body.tags, now, by),
  });
}

/** Fills the fields that the policy in force defines. */
export async function changeFields(
  asked: Asked<"change-fields">,
  ports: ChangePorts,
): Promise<Answer<"change-fields">> {
  const by = actorOf(asked.principal);
  return changeCase(asked, ports, 200, {
    decide: (latest, rulebook, now) => setFields(latest, asked.body.fields, rulebook, now, by),
  });
}

/** Marks a case, or takes a mark back; spam and a false alarm end what is owed. */
export async function changeMarks(asked: Asked<"change-marks">, ports: ChangePorts): Promise<Answer<"change-marks">> {
  const by = actorOf(asked.principal);
  return changeCase(asked, ports, 200, {
    decide: (latest, rulebook, now) => setMarks(latest, asked.body.marks, rulebook, now, by),
  });
}

/** Says who works on a case beside its assignee: agents of this desk. */
export async function changeCollaborators(
  asked: Asked<"change-collaborators">,
  ports: ChangePorts,
): Promise<Answer<"change-collaborators">> {
  const by = actorOf(asked.principal);
  const { collaborators } = asked.body;
  const known = await Promise.all(collaborators.map((id) => ports.directory.principal(id)));
  const unknown = known.flatMap((one, at) =>
    one?.kind === "agent" ? [] : [{ path: `collaborators.${at}`, message: "is no agent of this desk" }],
  );
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) =>
      unknown.length === 0 ? setCollaborators(latest, collaborators, now, by) : refuse("unknown-agent", unknown),
  });
}

const STRANGER = "is nobody whom this desk knows";

/** Adds somebody whom the directory knows, by id or by address. */
export async function joinCase(
  asked: Asked<"add-participant">,
  ports: ChangePorts,
): Promise<Answer<"add-participant">> {
  const { principal, body } = asked;
  const { personId, address, part, seesCase } = body;
  const by = actorOf(principal);
  if ((personId === undefined) === (address === undefined)) {
    const message = "is one of two: a person's id, or an address";
    return no("invalid-request", { errors: [{ path: personId === undefined ? "personId" : "address", message }] });
  }
  const asks = { ...(personId !== undefined && { personId }), ...(address !== undefined && { address }) };
  const { person } = await ports.cases.lookUp({ principalId: principal.id, ...asks });
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) =>
      person === undefined
        ? refuse("unknown-person", [{ path: personId === undefined ? "address" : "personId", message: STRANGER }])
        : addParticipant(latest, { personId: person.id, part, seesCase }, now, by),
  });
}

/** Takes somebody off a case. */
export async function leaveCase(
  asked: Asked<"remove-participant">,
  ports: ChangePorts,
): Promise<Answer<"remove-participant">> {
  const by = actorOf(asked.principal);
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) => removeParticipant(latest, asked.params.personId, now, by),
  });
}

/** Says how a case stands to another, which must be there. */
export async function linkCase(asked: Asked<"link-case">, ports: ChangePorts): Promise<Answer<"link-case">> {
  const by = actorOf(asked.principal);
  const other = await ports.cases.read(caseIdOf(asked.params.other));
  if (other === undefined || !asked.may({ kind: "case", case: other })) return no("not-there");
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) => link(latest, { link: asked.params.link, caseId: other.id }, now, by),
  });
}

/** Takes a link away; the other case need not be there any more. */
export async function unlinkCase(asked: Asked<"unlink-case">, ports: ChangePorts): Promise<Answer<"unlink-case">> {
  const by = actorOf(asked.principal);
  const { link: kind, other } = asked.params;
  return changeCase(asked, ports, 200, {
    decide: (latest, _rulebook, now) => unlink(latest, { link: kind, caseId: caseIdOf(other) }, now, by),
  });
}

/** What answers each route that says what a case is about, whose it is and how it stands. */
export const edits = {
  "change-team": changeTeam,
  "change-status": changeCaseStatus,
  "change-tags": changeTags,
  "change-fields": changeFields,
  "change-marks": changeMarks,
  "change-collaborators": changeCollaborators,
  "add-participant": joinCase,
  "remove-participant": leaveCase,
  "link-case": linkCase,
  "unlink-case": unlinkCase,
};

export const handler = onRoutes(manifest, edits, connect(toTable));
