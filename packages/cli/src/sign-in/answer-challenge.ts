import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { World } from "../world.ts";

/** What Cognito wants to know before it gives tokens. */
export interface Challenge {
  readonly name: string;
  /** Attributes that the pool requires and that nobody has given yet. */
  readonly missing: readonly string[];
}

/** The challenges that one code answers: under which name, and where the person finds it. */
const CODES: Readonly<Record<string, { readonly field: string; readonly question: string }>> = {
  SOFTWARE_TOKEN_MFA: { field: "SOFTWARE_TOKEN_MFA_CODE", question: "Code of your authenticator: " },
  SMS_MFA: { field: "SMS_MFA_CODE", question: "Code sent to your phone: " },
  EMAIL_OTP: { field: "EMAIL_OTP_CODE", question: "Code sent to your address: " },
};

/** Asks a person for what a challenge wants. Throws a Failure where there is nobody to ask, or no answer that is known. */
export async function answerChallenge(
  world: World,
  { name, missing }: Challenge,
): Promise<Readonly<Record<string, string>>> {
  const code = CODES[name];
  if (code === undefined && name !== "NEW_PASSWORD_REQUIRED") {
    throw new Failure(`Sign-in asks for ${name}, which this command cannot answer.`, EXIT.notSignedIn);
  }
  if (missing.length > 0) {
    throw new Failure(`Sign-in asks for ${missing.join(", ")}: have whoever keeps the pool set it.`, EXIT.notSignedIn);
  }
  if (!world.input.isTerminal) {
    throw new Failure(
      `Sign-in asks for ${name}, and there is nobody to ask: run ithaca login on a terminal, without --password-stdin.`,
      EXIT.notSignedIn,
    );
  }
  if (code !== undefined) return { [code.field]: (await world.input.ask(code.question, false)).trim() };
  const password = await world.input.ask("This password was for the first time only. New password: ", true);
  if ((await world.input.ask("Once more: ", true)) !== password) {
    throw new Failure("The two were not the same. Your password is what it was.", EXIT.notSignedIn);
  }
  return { NEW_PASSWORD: password };
}
