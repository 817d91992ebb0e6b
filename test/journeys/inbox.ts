import { eventually } from "./eventually.ts";

/** A mail as the inbox's API gives it; what no journey looks at is left out. */
export interface Mail {
  readonly subject: string;
  readonly text: string;
  readonly to: readonly { readonly address: string }[];
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What a mail about a case is told apart by. */
export interface WantedMail {
  readonly to: string;
  readonly subject: RegExp;
}

/** The inbox in which all mail of a desk ends. */
export interface Inbox {
  /** All mails about a case that are there now, by the number in their subject. */
  about(number: string): Promise<readonly Mail[]>;
  /** Waits for a mail about a case. */
  mail(number: string, wanted: WantedMail, seconds?: number): Promise<Mail>;
}

/** The inbox whose web page is at `url`. */
export function createInbox(url: string): Inbox {
  const about = async (number: string): Promise<readonly Mail[]> => {
    const response = await fetch(`${url}/api/email`, { signal: AbortSignal.timeout(10_000) });
    const mails = (await response.json()) as Mail[];
    return mails.filter(({ subject }) => subject.replaceAll(" ", "").includes(`[#${number}]`));
  };

  return {
    about,
    mail: (number, { to, subject }, seconds) =>
      eventually(
        `a mail to ${to} about ${number} with the subject ${subject}`,
        async () => (await about(number)).find((mail) => isTo(mail, to) && subject.test(mail.subject)),
        seconds,
      ),
  };
}

export function isTo(mail: Pick<Mail, "to">, address: string): boolean {
  return mail.to.some((recipient) => recipient.address === address);
}
