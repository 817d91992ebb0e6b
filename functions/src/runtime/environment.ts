import * as z from "zod/mini";

const text = z.string().check(z.minLength(1), z.maxLength(2_000));

/** A whole number of seconds, 0 to 99,999, as a string. */
export const seconds = z.pipe(z.string().check(z.regex(/^[0-9]{1,5}$/)), z.transform(Number));

/** What `toTable` needs; spread it into a manifest's `env`. */
export const tableEnvironment = { TABLE_NAME: text, CONTENT_BUCKET: text, RULES_REFRESH_SECONDS: seconds };
/** What `toBus` needs. */
export const busEnvironment = { BUS_NAME: text };
/** What `toTimers` needs. */
export const timerEnvironment = { TIMER_ARN: text };
/** What `toWakeUps` needs. */
export const wakeUpEnvironment = { WAKE_QUEUE_URL: text };
/** What `toPreviews` needs. */
export const previewEnvironment = { PREVIEW_QUEUE_URL: text };
/** What `toReactions` needs: a JSON object of queue URLs, one for each kind of effect. */
export const reactionEnvironment = { REACTION_QUEUES: text };
/** Who mail is from; empty where mail is off. `toMail` itself needs nothing. */
export const mailEnvironment = { MAIL_FROM: z.string().check(z.maxLength(320)) };
/** Where links in mail lead. */
export const deskEnvironment = { DESK_URL: z.string().check(z.maxLength(2_000)) };
