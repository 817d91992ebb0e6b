/** Stands in for nodemailer's HTTP client in a function's bundle: what an agent writes is text, and nothing in it is fetched. */
// biome-ignore lint/style/noDefaultExport: nodemailer imports it by no other name
export default function fetchNothing(): never {
  throw new Error("a mail fetches nothing");
}
