// Reads every line the functions log and counts those that show what no log may: keys, tokens in addresses,
// the buyer's telephone, mail and account.

const tokenInAddress = /\/portone\/(?:confirm|notice)\/[A-Za-z0-9_-]{22}/;

export class LeakWatch {
  readonly #secrets: readonly string[];
  #leaks = 0;

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  get leaks(): number {
    return this.#leaks;
  }

  read(line: string): void {
    const shows = tokenInAddress.test(line) || this.#secrets.some((secret) => line.includes(secret));
    if (shows) this.#leaks += 1;
  }
}
