import { REPLAYED_HEADER } from "./headers.ts";
import { routes } from "./routes.ts";

/**
 * What a page of another origin may send to the API and read of its answers, where a desk lets that origin in at all: its
 * browser asks first (the Fetch standard, CORS). Tokens go in a header, so no cookie ever does.
 */
export const CROSS_ORIGIN = {
  methods: [...new Set(Object.values(routes).map(({ method }) => method))],
  /** Lower-case names of headers. */
  requestHeaders: ["authorization", "content-type", "idempotency-key", "if-match"],
  answerHeaders: ["etag", "location", "retry-after", REPLAYED_HEADER.toLowerCase()],
  /** How long a browser may remember the answer. */
  maxAgeSeconds: 3_600,
} as const;
