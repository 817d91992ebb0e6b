import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDirectoryFile } from "./directory-file.ts";
import { directoryOfTable } from "./directory-table.ts";

const TABLE = `kind,id,name,addresses,accountId,personId,package,team,zone,language,username,roles,teams,channels,clientId
account,acct_lakeside,"Lakeside, Clinics",,,,standard,main,America/Chicago,en,,,,,
person,person_cleo,Cleo,cleo@lakeside.example;c@lakeside.example,acct_lakeside,,,,,,,,,,
agent,prin_ana,Ana,ana@desk.example,,,,,,,ana@desk.example,agent;lead,main,,
customer,prin_cleo,Cleo,cleo@lakeside.example,acct_lakeside,person_cleo,,,,,cleo@lakeside.example,,,,
channel,prin_portal,Portal,portal@desk.example,,,,,,,,,,portal;chat,client-1
`;

function written(text: string, name = "directory.csv"): string {
  const path = join(mkdtempSync(join(tmpdir(), "ithaca-table-")), name);
  writeFileSync(path, text);
  return path;
}

describe("when a directory is a table", () => {
  test("each row is what the same row of JSON is", () => {
    const path = written(TABLE);
    const json = written(JSON.stringify(directoryOfTable(TABLE, "x")), "directory.json");
    const file = readDirectoryFile(path);
    expect(file).toEqual(readDirectoryFile(json));
    expect(file.accounts[0]?.name).toBe("Lakeside, Clinics");
    expect(file.people[0]?.addresses).toEqual(["cleo@lakeside.example", "c@lakeside.example"]);
    expect(file.principals.map(({ kind }) => kind)).toEqual(["agent", "customer", "channel"]);
  });

  test.each([
    ["a kind that is none", "kind,id\nmoon,acct_a", ":2: moon is no kind"],
    ["a column that is none", "kind,id,colour\naccount,acct_a,red", "colour is no column"],
    ["a row that lacks something", "kind,id\naccount,acct_a", "accounts.0.name"],
  ])("%s is named", (_, text, message) => expect(() => readDirectoryFile(written(text))).toThrow(message));
});
