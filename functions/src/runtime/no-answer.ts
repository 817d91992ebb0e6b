/** Whether what was asked for was done nobody knows: no answer came. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}
