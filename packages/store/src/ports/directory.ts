import type { Account, Person, Principal } from "@ithaca/domain";

/** Who is who: accounts, people with their addresses, principals with the token subjects bound to them. */
export interface Directory {
  account(id: string): Promise<Account | undefined>;
  person(id: string): Promise<Person | undefined>;
  principal(id: string): Promise<Principal | undefined>;
  /** The principal that a token's subject (a user's `sub`, a machine's client id) is bound to. */
  principalOfSubject(subject: string): Promise<Principal | undefined>;
  putAccount(account: Account): Promise<void>;
  /** Puts a person and takes its addresses; refused (false) when one belongs to somebody else. */
  putPerson(person: Person): Promise<boolean>;
  /**
   * Says that a person whom nobody has put into the directory, and who is of no account, is of this one. Anybody else, and
   * whoever is not there, stays as they are.
   */
  joinAccount(personId: string, accountId: string): Promise<void>;
  putPrincipal(principal: Principal): Promise<void>;
  bindSubject(subject: string, principalId: string): Promise<void>;
}
