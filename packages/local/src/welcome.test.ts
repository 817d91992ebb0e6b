import { describe, expect, test } from "vitest";
import { type WelcomingDesk, welcome } from "./welcome.ts";

const desk: WelcomingDesk = {
  apiUrl: "http://127.0.0.1:7400/api",
  inboxUrl: "http://127.0.0.1:7401",
  dataDir: { path: "/home/jo/ithaca/.ithaca/desk" },
  environmentFile: "/home/jo/ithaca/.ithaca/desk/ithaca.env",
  users: [
    { username: "cleo@lakeside.example", name: "Cleo", standing: "customer, Lakeside" },
    { username: "ana@desk.example", name: "Ana", standing: "agent of main" },
  ],
};

describe("what a person is told when the desk is open", () => {
  const told = welcome(desk, "/home/jo/ithaca", "123456789");

  test.each([
    ["where the API is", "http://127.0.0.1:7400/api/v1"],
    ["where everybody sees the hours", "http://127.0.0.1:7400/api/calendars"],
    ["where the inbox is", "http://127.0.0.1:7401"],
    ["who can sign in", "cleo@lakeside.example  customer, Lakeside"],
    ["how a shell finds the desk, from where they are", ". .ithaca/desk/ithaca.env"],
    ["how to sign in as an agent, not as a customer", "login --stack Ithaca --username ana@desk.example"],
    ["what to try on the case that was just opened", "case explain 123456789"],
  ])("%s", (_, saying) => {
    expect(told).toContain(saying);
  });

  test("without a case that we know of, a number stands for any", () => {
    expect(welcome(desk, "/home/jo/ithaca")).toContain("case explain NUMBER");
  });
});
