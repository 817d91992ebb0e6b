/** How to reach a desk, and as whom. */
export interface ClientOptions {
  /** The address of the API, without `/v1`: the stack's output ApiUrl. */
  readonly baseUrl: string;
  /** A valid access token; asked for before each try, so keep it until it is about to expire. */
  readonly token: () => Promise<string>;
  /** Takes the place of the global fetch. */
  readonly fetch?: typeof fetch;
  /** How long one try may take, in milliseconds; 10,000 by default. */
  readonly timeoutMs?: number;
  /** How to wait between tries; a timer by default. */
  readonly wait?: (ms: number) => Promise<void>;
}

export const TIMEOUT_MS_DEFAULT = 10_000;
