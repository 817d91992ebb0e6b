import type { Desk } from "./desk.ts";

/** What a person needs to know of a desk that has just come up: where it is, who can sign in, what to try. */
export function welcome(desk: Desk, password: string): string {
  const widest = Math.max(...desk.users.map((user) => user.username.length));
  const users = desk.users.map((user) => `    ${user.username.padEnd(widest)}  ${user.standing}`);
  const [agent] = desk.users.filter((user) => user.standing.startsWith("agent"));
  return [
    "",
    "Ithaca is open.",
    `  API    ${desk.apiUrl}/v1`,
    `  inbox  ${desk.inboxUrl}  (all mail of the desk ends here)`,
    `  data   ${desk.dataDir.path}  (kept once a minute and at the end)`,
    `  sign-ins, all with the password ${password}`,
    ...users,
    "",
    "Three things to try, in another terminal:",
    `  npm run ithaca -- sign-in ${agent?.username ?? "USER"}   then: npm run ithaca -- list main`,
    '  npm run ithaca -- reply NUMBER "It is fixed."    and see the customer\'s mail in the inbox',
    "  npm run ithaca -- explain NUMBER                 where the promised instant comes from",
    "",
    "Ctrl-C keeps the data and stops everything.",
  ].join("\n");
}
