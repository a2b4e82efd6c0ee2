// What an action came to, kept until the page after it shows it. It is not in the address, where anybody could write it.

const most = 100;

export class Notes {
  readonly #kept = new Map<string, string>();
  readonly #newName: () => string;

  constructor(newName: () => string) {
    this.#newName = newName;
  }

  keep(text: string): string {
    const name = this.#newName();
    this.#kept.set(name, text);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > most && oldest !== undefined) this.#kept.delete(oldest);
    return name;
  }

  read(name: string | undefined): string | null {
    return name === undefined ? null : (this.#kept.get(name) ?? null);
  }
}
