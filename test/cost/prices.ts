/** AWS's list prices in US dollars, us-east-1, without free tiers and discounts. A million of each but where the name says. */
export const PRICES = {
  apiRequests: 1,
  lambdaRequests: 0.2,
  /** ARM. */
  lambdaGbSecond: 0.0000133334,
  dynamoWriteUnits: 0.625,
  dynamoReadUnits: 0.125,
  dynamoGbMonth: 0.25,
  dynamoRecoveryGbMonth: 0.2,
  busEvents: 1,
  queueRequests: 0.4,
  stateTransitions: 25,
  mailsSent: 100,
  mailsReceived: 100,
  objectPuts: 5,
  logGb: 0.5,
  alarmMonth: 0.1,
  dashboardMonth: 3,
  machineClientMonth: 6,
  machineTokens: 2_250,
} as const;

export const MILLION = 1_000_000;
