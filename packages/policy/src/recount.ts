/**
 * The door for whoever doubts an answer: business time by walking minute by minute, written apart from the engine. Slow;
 * for tests, vectors and explanations that somebody wants to see added up again.
 */
export * from "./recount/minute-oracle.ts";
export * from "./recount/recount-explanation.ts";
export * from "./recount/wall-minutes.ts";
