/**
 * Stands in for nodemailer's list of two thousand file types in a function's bundle: the mail that we write is text and
 * has no files, and the list would cost 76 KB.
 */
export function detectMimeType(): string {
  return "application/octet-stream";
}

export function detectExtension(): string {
  return "bin";
}
