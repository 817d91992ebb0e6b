import { describe, expect, test } from "vitest";
import { type WelcomingDesk, welcome } from "./welcome.ts";

const desk: WelcomingDesk = {
  apiUrl: "http://127.0.0.1:7400/api/$default",
  inboxUrl: "http://127.0.0.1:7401",
  dataDir: { path: "/home/jo/ithaca/.ithaca/desk" },
  environmentFile: "/home/jo/ithaca/.ithaca/desk/ithaca.env",
  users: [
    { username: "cleo@lakeside.example", name: "Cleo", standing: "customer, Lakeside", answersFor: [] },
    { username: "ana@desk.example", name: "Ana", standing: "agent of main", answersFor: ["main"] },
    { username: "mia@desk.example", name: "Mia", standing: "agent of au", answersFor: ["au"] },
  ],
};

describe("what a person is told when the desk is open", () => {
  const told = welcome(desk, "/home/jo/ithaca", { number: "123456789", username: "mia@desk.example" });

  test.each([
    ["where the API is, as a shell takes it", "http://127.0.0.1:7400/api/%24default/v1"],
    ["where everybody sees the hours", "http://127.0.0.1:7400/api/%24default/calendars"],
    ["where the inbox is", "http://127.0.0.1:7401"],
    ["who can sign in", "cleo@lakeside.example  customer, Lakeside"],
    ["how a shell finds the desk, from where they are", ". .ithaca/desk/ithaca.env"],
    ["how to sign in as an agent of the case's team", "login --stack Ithaca --username mia@desk.example"],
    ["what to try on the case that was just opened", "case explain 123456789"],
  ])("%s", (_, saying) => {
    expect(told).toContain(saying);
  });

  test("without a case to try things on, a number stands for any, and an agent signs in, not a customer", () => {
    expect(welcome(desk, "/home/jo/ithaca")).toContain("case explain NUMBER");
    expect(welcome(desk, "/home/jo/ithaca")).toContain("--username ana@desk.example");
  });

  test("a folder elsewhere is shown whole", () => {
    expect(welcome(desk, "/srv/other")).toContain("data   /home/jo/ithaca/.ithaca/desk  (");
    expect(welcome(desk, "/srv/other")).toContain(". /home/jo/ithaca/.ithaca/desk/ithaca.env");
  });
});
