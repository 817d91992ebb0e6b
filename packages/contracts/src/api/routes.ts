import { calendarRoutes } from "./calendar-routes.ts";
import { caseChangeRoutes } from "./case-change-routes.ts";
import { caseReadingRoutes } from "./case-reading-routes.ts";
import { defineRoute, type RouteDefinition } from "./define-route.ts";
import { directoryRoutes } from "./directory-routes.ts";
import { SendHeaders } from "./headers.ts";
import { previewRoutes } from "./preview-routes.ts";
import { reportRoutes } from "./report-routes.ts";
import { rulesRoutes } from "./rules-routes.ts";
import { MessageReceipt, SendMessageBody } from "./shapes/message-shapes.ts";
import { taskRoutes } from "./task-routes.ts";

/** Every route of the API, by its id. */
export const routes = {
  "send-message": defineRoute({
    id: "send-message",
    method: "POST",
    path: "/v1/messages",
    action: "message.send",
    summary: "Sends a message to the desk: it opens a case, or joins the one that it names.",
    changesCase: false,
    headers: SendHeaders,
    body: SendMessageBody,
    responses: {
      201: { description: "The message was taken in.", body: MessageReceipt },
      200: { description: "The same message was taken in before; this is what became of it.", body: MessageReceipt },
    },
  }),
  ...caseReadingRoutes,
  ...caseChangeRoutes,
  ...directoryRoutes,
  ...calendarRoutes,
  ...previewRoutes,
  ...rulesRoutes,
  ...reportRoutes,
  ...taskRoutes,
} as const satisfies Readonly<Record<string, RouteDefinition>>;

export type Routes = typeof routes;
export type RouteId = keyof Routes;
