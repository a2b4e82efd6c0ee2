// A start that cannot go on for a reason the person at the keyboard can mend. The message says what is wrong
// and what to do; it is shown without a stack. Never for defects of our own.

export class StartError extends Error {
  override readonly name = "StartError";
}
