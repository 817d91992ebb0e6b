import { userClaims } from "../cast.ts";
import type { Operation } from "../operation.ts";

/** A lead keeps the directory while cases are open: an account gets another package or team, a person another address. */
export const keepDirectory: Operation = {
  name: "keep-directory",
  weight: 1,
  run: ({ story, cast, ask, chance, violated }) => {
    const { customer } = story;
    const [lead] = cast.agents;
    const account = cast.accounts.find(({ id }) => id === customer.accountId);
    if (lead === undefined || account === undefined) return;
    const claims = userClaims(lead.subject);
    const expect = (status: number, text: string) => {
      if (status !== 200) violated("answers", `the directory was kept and answered ${status}: ${text}`);
    };
    const { id, ...known } = account;
    const changed = { ...known, package: chance.pick(["standard", "legacy"]), team: chance.pick(["main", "au"]) };
    ask({ route: "put-account", claims, params: { id }, body: changed }, ({ status, text }) => expect(status, text));
    const { personId, address, accountId } = customer;
    const body = { addresses: [address, `also-${address}`], accountId };
    ask({ route: "put-person", claims, params: { id: personId }, body }, ({ status, text }) => expect(status, text));
    ask({ route: "find-person", claims, query: { address } }, ({ status, text }) => expect(status, text));
    if (customer.subject === undefined) return;
    const theirs = userClaims(customer.subject);
    ask({ route: "put-account", claims: theirs, params: { id }, body: changed }, ({ status }) => {
      if (![403, 404].includes(status)) violated("authorization", `a customer kept the directory: ${status}`);
    });
  },
};
