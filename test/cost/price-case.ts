import type { CaseMeter } from "./email-case.ts";
import { MILLION, PRICES } from "./prices.ts";

/** One line of a bill. */
export interface CostLine {
  readonly what: string;
  readonly count: number;
  readonly dollars: number;
}

/** How long a warm call is billed for with AWS's answers in it, and the memory that most functions have. */
export const BILLED_MS = 40;
const MEMORY_GB = 0.5;
/** Sent, received and deleted. */
const REQUESTS_A_MESSAGE = 3;
/** Into waiting, into sending, and to the end. */
const TRANSITIONS_A_TIMER = 3;
const LINE_BYTES = 600;
const GB_BYTES = 1_073_741_824;
/** A month of storage, with its backup and a copy in each of about two indexes. */
const COPIES = 3;

/** What a metered case costs at list prices. */
export function priceCase(used: CaseMeter): CostLine[] {
  const each = (what: string, count: number, price: number): CostLine => ({
    what,
    count,
    dollars: (count * price) / MILLION,
  });
  const gb = (used.storedBytes * COPIES) / GB_BYTES;
  return [
    each("mails sent (SES)", used.mailsOut, PRICES.mailsSent),
    each("mails received (SES)", used.messagesIn, PRICES.mailsReceived),
    each("raw mails kept (S3 puts)", used.messagesIn, PRICES.objectPuts),
    each("write units (DynamoDB; transactions twice, indexes included)", used.writeUnits, PRICES.dynamoWriteUnits),
    each("read units (DynamoDB)", used.readUnits, PRICES.dynamoReadUnits),
    each("state transitions (Step Functions)", used.timers * TRANSITIONS_A_TIMER, PRICES.stateTransitions),
    each("function calls (Lambda)", used.functionCalls, PRICES.lambdaRequests),
    {
      what: `GB-seconds (Lambda, ${BILLED_MS} ms a call)`,
      count: used.functionCalls * (BILLED_MS / 1_000) * MEMORY_GB,
      dollars: used.functionCalls * (BILLED_MS / 1_000) * MEMORY_GB * PRICES.lambdaGbSecond,
    },
    each("API requests", used.apiRequests, PRICES.apiRequests),
    each("events (EventBridge)", used.busEvents, PRICES.busEvents),
    each("queue requests (SQS)", used.queueMessages * REQUESTS_A_MESSAGE, PRICES.queueRequests),
    {
      what: "log lines (CloudWatch)",
      count: used.functionCalls,
      dollars: ((used.functionCalls * LINE_BYTES) / GB_BYTES) * PRICES.logGb,
    },
    {
      what: "a month of storage, with backup and index copies (KB)",
      count: Math.round((used.storedBytes * COPIES) / 1_024),
      dollars: gb * (PRICES.dynamoGbMonth + PRICES.dynamoRecoveryGbMonth),
    },
  ];
}

export function totalOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}
