import { manifest as reportAttainment } from "@ithaca/functions/attainment/report-attainment.manifest";
import { manifest as publishCalendars } from "@ithaca/functions/calendar/publish-calendars.manifest";
import { manifest as reckonBusinessTime } from "@ithaca/functions/calendar/reckon-business-time.manifest";
import { manifest as changePriority } from "@ithaca/functions/cases/change-priority.manifest";
import { manifest as combineCases } from "@ithaca/functions/cases/combine-cases.manifest";
import { manifest as editCase } from "@ithaca/functions/cases/edit-case.manifest";
import { manifest as explainClock } from "@ithaca/functions/cases/explain-clock.manifest";
import { manifest as followCases } from "@ithaca/functions/cases/follow-cases.manifest";
import { manifest as listCases } from "@ithaca/functions/cases/list-cases.manifest";
import { manifest as readCase } from "@ithaca/functions/cases/read-case.manifest";
import { manifest as readSelf } from "@ithaca/functions/cases/read-self.manifest";
import { manifest as resolveCase } from "@ithaca/functions/cases/resolve-case.manifest";
import { manifest as takeCase } from "@ithaca/functions/cases/take-case.manifest";
import { manifest as waiveBreach } from "@ithaca/functions/cases/waive-breach.manifest";
import { manifest as writeNote } from "@ithaca/functions/cases/write-note.manifest";
import { manifest as writeReply } from "@ithaca/functions/cases/write-reply.manifest";
import { manifest as keepDirectory } from "@ithaca/functions/directory/keep-directory.manifest";
import { manifest as publishApi } from "@ithaca/functions/documents/publish-api.manifest";
import { manifest as sendMail } from "@ithaca/functions/email/send-mail.manifest";
import { manifest as receiveMessage } from "@ithaca/functions/intake/receive-message.manifest";
import type { EnvironmentOf, Manifest } from "@ithaca/functions/manifest";
import { manifest as publishFacts } from "@ithaca/functions/publish/publish-facts.manifest";
import { manifest as keepRules } from "@ithaca/functions/rules/keep-rules.manifest";
import { manifest as armWakeUps } from "@ithaca/functions/sla/arm-wake-ups.manifest";
import { manifest as escalateCase } from "@ithaca/functions/sla/escalate-case.manifest";
import { manifest as rewriteProjections } from "@ithaca/functions/sla/rewrite-projections.manifest";
import { manifest as setTimer } from "@ithaca/functions/sla/set-timer.manifest";
import { manifest as wakeCase } from "@ithaca/functions/sla/wake-case.manifest";
import { manifest as keepTasks } from "@ithaca/functions/tasks/keep-tasks.manifest";
import { manifest as triageCase } from "@ithaca/functions/triage/triage-case.manifest";
import { manifest as reconcileDesk } from "@ithaca/functions/upkeep/reconcile-desk.manifest";
import { manifest as foldCases } from "@ithaca/functions/what-if/fold-cases.manifest";
import { manifest as previewRules } from "@ithaca/functions/what-if/preview-rules.manifest";

/** Every function of the desk. A test compares this list with the manifests on disk. */
export const manifests = [
  publishCalendars,
  reckonBusinessTime,
  changePriority,
  explainClock,
  combineCases,
  editCase,
  followCases,
  keepDirectory,
  publishApi,
  listCases,
  readCase,
  readSelf,
  resolveCase,
  takeCase,
  waiveBreach,
  writeNote,
  writeReply,
  sendMail,
  receiveMessage,
  publishFacts,
  armWakeUps,
  escalateCase,
  rewriteProjections,
  setTimer,
  wakeCase,
  triageCase,
  reconcileDesk,
  previewRules,
  keepRules,
  foldCases,
  reportAttainment,
  keepTasks,
] as const satisfies readonly Manifest[];

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Every variable that some function asks for. The stack's environment is of this type, so none can be missing. */
export type DeskEnvironment = Intersection<EnvironmentOf<(typeof manifests)[number]>>;
