import { describe, expect, test } from "vitest";
import { apiUrlOf, pickDeskOutputs } from "./desk-outputs.ts";

const OUTPUTS = {
  ApiUrl: "https://a1b2c3.execute-api.us-east-1.amazonaws.com",
  TableName: "Ithaca",
  UserPoolId: "us-east-1_x",
  UserPoolClientId: "people",
  ChannelClientIdPortal: "portal-client",
  ChannelClientIdEmergencyLine: "line-client",
  BootstrapVersion: "33",
};

describe("the outputs of the stacks", () => {
  test("give the API's id, and the clients of the channels by their codes", () => {
    expect(pickDeskOutputs(OUTPUTS)).toEqual({
      apiId: "a1b2c3",
      tableName: "Ithaca",
      userPoolId: "us-east-1_x",
      peopleClientId: "people",
      channelClientIds: { portal: "portal-client", "emergency-line": "line-client" },
    });
  });

  test("without one that is needed are refused with its name and those that are there", () => {
    const { TableName: _, ...others } = OUTPUTS;
    expect(() => pickDeskOutputs(others)).toThrow(/the output TableName; there are: ApiUrl, /);
  });
});

describe("the API on the local cloud", () => {
  test("is reached by a path", () => {
    expect(apiUrlOf("http://127.0.0.1:7400", "a1b2c3")).toBe("http://127.0.0.1:7400/_aws/execute-api/a1b2c3/$default");
  });
});
