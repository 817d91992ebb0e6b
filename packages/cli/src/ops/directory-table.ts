import { Failure } from "../failure.ts";
import { readCsv } from "./read-csv.ts";

/** The columns of a directory as a table; lists are parted by semicolons. What a kind has no use for stays empty. */
export const DIRECTORY_COLUMNS =
  "kind,id,name,addresses,accountId,personId,package,team,zone,language,username,roles,teams,clientId,channels";

type Row = Readonly<Record<string, string>>;

/** A directory file's JSON from a table: a row each for an account, person, agent, customer or channel. */
export function directoryOfTable(text: string, path: string): unknown {
  const known = DIRECTORY_COLUMNS.split(",");
  const rows = readCsv(text, path);
  const strange = Object.keys(rows[0]?.row ?? {}).find((name) => !known.includes(name));
  if (strange !== undefined) throw new Failure(`${path}: ${strange} is no column; there are ${known.join(", ")}.`);

  const directory = { accounts: [] as object[], people: [] as object[], principals: [] as object[] };
  for (const { line, row } of rows) {
    switch (row.kind) {
      case "account":
        directory.accounts.push(given(row, ["id", "name", "package", "team", "zone", "language"]));
        break;
      case "person":
        directory.people.push({
          ...given(row, ["id", "name", "accountId", "zone", "language"]),
          addresses: list(row.addresses),
        });
        break;
      case "agent":
      case "customer":
      case "channel":
        directory.principals.push({
          ...given(row, ["kind", "id", "name", "username", "personId", "accountId", "clientId"]),
          address: list(row.addresses)[0] ?? "",
          roles: list(row.roles),
          teams: list(row.teams),
          ...(row.kind === "channel" && { channels: list(row.channels) }),
        });
        break;
      default:
        throw new Failure(
          `${path}:${line}: ${row.kind || "nothing"} is no kind: account, person, agent, customer, channel.`,
        );
    }
  }
  return directory;
}

function given(row: Row, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (row[name] === undefined || row[name] === "" ? [] : [[name, row[name]]])),
  );
}

function list(written: string | undefined): string[] {
  return (written ?? "").split(";").flatMap((one) => (one.trim() === "" ? [] : [one.trim()]));
}
