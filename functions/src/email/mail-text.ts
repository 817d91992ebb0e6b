/** What a template makes: plain text, one line of subject. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
}
