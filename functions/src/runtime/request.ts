import type {
  AnswerOf,
  BodyOf,
  ParamsOf,
  Problem,
  ProblemCode,
  ProblemExtension,
  QueryOf,
  RouteId,
} from "@ithaca/contracts";
import { problem } from "@ithaca/contracts";
import type { Principal, Resource } from "@ithaca/domain";

/** A request that is well-formed and whose caller is known: what a route's handler gets. */
export interface Asked<Id extends RouteId> {
  readonly principal: Principal;
  readonly params: ParamsOf<Id>;
  readonly query: QueryOf<Id>;
  readonly body: BodyOf<Id>;
  /** The version in If-Match; a route that changes a case always has one. */
  readonly ifVersion?: number;
  /** What the caller named the request by, with a hash of what it asks for. */
  readonly idempotency?: Idempotency;
  /**
   * Whether the caller may do what the route does to this resource. An answer that was given without a yes is a fault, so
   * that no handler can forget to ask.
   */
  may(resource: Resource): boolean;
}

export interface Idempotency {
  readonly principalId: string;
  readonly key: string;
  readonly bodyHash: string;
}

/** What was asked for was done. */
export interface Done<Body> {
  readonly status: 200 | 201 | 202;
  readonly body: Body;
  /** The case's version, for the ETag. */
  readonly version?: number;
  /** Where what was made is to be found, for the header Location. */
  readonly location?: string;
  /** It had been done before, by a request with the same Idempotency-Key. */
  readonly replayed?: boolean;
}

/** A no: a value, not an error (design.md, Kinds of no). */
export interface No {
  readonly problem: Problem;
}

export type Answer<Id extends RouteId> = Done<AnswerOf<Id>> | No;

export function no(code: ProblemCode, extension?: ProblemExtension): No {
  return { problem: problem(code, extension) };
}
