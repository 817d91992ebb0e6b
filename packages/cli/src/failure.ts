import { ProblemError, UnreachableError } from "@ithaca/client";
import { EXIT, type ExitCode } from "./exit-codes.ts";

/** A command that cannot go on, in words for a person: one line, two at most. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = EXIT.failed) {
    super(message);
    this.exitCode = exitCode;
  }
}

const EXIT_OF_STATUS: Readonly<Record<number, ExitCode>> = {
  401: EXIT.notSignedIn,
  404: EXIT.notThere,
  412: EXIT.stale,
};

/** Whatever was thrown, as a failure. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof ProblemError) return ofProblem(thrown);
  if (thrown instanceof UnreachableError) return new Failure(`${thrown.message}.`);
  if (!(thrown instanceof Error)) return new Failure(String(thrown));
  if (thrown.name === "CredentialsProviderError") {
    return new Failure(
      "No AWS credentials: this command talks to the stack itself. Sign in to AWS, or set AWS_PROFILE.",
    );
  }
  return new Failure(firstLine(thrown.message) || thrown.name);
}

function ofProblem({ problem }: ProblemError): Failure {
  const fields = problem.errors?.map(({ path, message }) => `${path || "the body"} ${message}`).join("; ");
  const exitCode = EXIT_OF_STATUS[problem.status] ?? EXIT.failed;
  if (exitCode === EXIT.notSignedIn) return new Failure(`${problem.detail}\nSign in with: ithaca login`, exitCode);
  if (exitCode === EXIT.stale) return new Failure(staleText(problem), exitCode);
  return new Failure(
    fields === undefined ? `${problem.title}. ${problem.detail}` : `${problem.title}: ${fields}.`,
    exitCode,
  );
}

function staleText({ changed = [], currentVersion }: ProblemError["problem"]): string {
  const what = changed.length === 0 ? "" : `: ${changed.join(", ")}`;
  const version = currentVersion === undefined ? "" : ` (it is at version ${currentVersion} now)`;
  return `The case has changed meanwhile${what}${version}.\nNothing was done. Look at it again, then repeat the command.`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}
