import { describe, expect, test } from "vitest";
import { lossesIn } from "./template-changes.ts";

const QUIET = `Stack Ithaca
Resources
[~] AWS::Lambda::Function send-mail/Function sendmailFunction replace
 └─ [~] FunctionName (requires replacement)
[~] AWS::SQS::Queue set-timer-queue/Queue settimerqueueQueue
 └─ [~] VisibilityTimeout
     ├─ [-] 120
     └─ [+] 180
[+] AWS::SQS::Queue more/Queue moreQueue
`;

describe("what cdk diff prints", () => {
  test("is no loss while nothing precious is replaced or taken away", () => {
    expect(lossesIn(QUIET)).toEqual([]);
  });

  test.each([
    ["a table that is taken away", "[-] AWS::DynamoDB::GlobalTable Table TableCD117FA1 destroy"],
    [
      "a pool that is replaced",
      "[~] AWS::Cognito::UserPool SignIn/Users UsersA replace\n └─ [~] UsernameAttributes (requires replacement)",
    ],
    [
      "a pool whose names change their meaning",
      "[~] AWS::Cognito::UserPool SignIn/Users UsersA\n └─ [+] UsernameConfiguration\n     └─ {}",
    ],
    [
      "a queue that may be",
      "[~] AWS::SQS::Queue q/Queue qQueue may be replaced\n └─ [~] QueueName (may cause replacement)",
    ],
  ])("%s is one", (_, lines) => {
    expect(lossesIn(`${QUIET}${lines}\n`)).toHaveLength(1);
  });
});
