/** Somebody who can sign in. */
export interface PoolUser {
  readonly username: string;
  /** What their tokens call them; another in every pool. */
  readonly subject: string;
  readonly address?: string;
  readonly name?: string;
}

/** Somebody who is to be made. */
export interface NewUser {
  readonly username: string;
  readonly address?: string | undefined;
  readonly name?: string | undefined;
}

/** The users of a desk's sign-in. */
export interface UserPool {
  /** The subject of a user, if there is one of this name. */
  subjectOf(username: string): Promise<string | undefined>;
  /** Makes a user with a verified address; with a password they can sign in at once. Gives back the subject. */
  create(user: NewUser, password: string | undefined): Promise<string>;
  /** Every user, in no order. */
  all(): AsyncIterable<PoolUser>;
}
