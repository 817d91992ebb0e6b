import { describe, expect, test } from "vitest";
import { deskTemplates } from "./desk-templates.ts";

/** What commands, journeys and operators look for by name. */
const OUTPUTS = [
  "ApiUrl",
  "UserPoolId",
  "UserPoolClientId",
  "TokenUrl",
  "ChannelClientIdPortal",
  "ChannelClientIdChat",
  "ChannelClientIdEmail",
  "ChannelClientIdPhone",
  "ChannelClientIdEmergencyLine",
  "TableName",
  "ContentBucketName",
  "BusName",
  "TimerArn",
  "WakeQueueUrl",
  "AlarmTopicArn",
  "Queues",
  "RulesRefreshSeconds",
];

describe("the desk's stack", () => {
  test("tells where its parts are", () => {
    expect(Object.keys(deskTemplates().desk.findOutputs("*")).toSorted()).toEqual(OUTPUTS.toSorted());
  });

  test("tells the address that mail comes from, where there is one", () => {
    const { desk } = deskTemplates({ sender: "desk@ithaca.example" });
    expect(desk.findOutputs("MailFrom").MailFrom?.Value).toBe("desk@ithaca.example");
  });
});
