// What a card holder types in. Lives in memory for one call: it is never stored, logged or put into an
// error, and wherever it is printed by mistake it prints as a mask.

export interface CardFields {
  readonly cardNumber: string;
  /** `YYYY-MM`. */
  readonly expiry: string;
  /** Six digits of a birth date, or ten of a business number. */
  readonly birth: string | null;
  /** The first two digits of the card's password. */
  readonly pwd2Digit: string | null;
}

const mask = "[card]";

export class CardSecret {
  readonly #fields: CardFields;

  constructor(fields: CardFields) {
    this.#fields = fields;
  }

  /** For the rules, and for the one call to PortOne. */
  reveal(): CardFields {
    return this.#fields;
  }

  /** As PortOne shows it: the first six and the last four digits. */
  get maskedNumber(): string {
    const digits = digitsOf(this.#fields.cardNumber);
    return `${digits.slice(0, 6)}******${digits.slice(-4)}`;
  }

  toJSON(): string {
    return mask;
  }

  toString(): string {
    return mask;
  }

  /** What node's inspect, and so console and every crash report, shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return mask;
  }
}

export const digitsOf = (cardNumber: string): string => cardNumber.replaceAll(/[ -]/g, "");

/** In groups of four, as PortOne wants it. */
export const groupedNumber = (cardNumber: string): string =>
  (digitsOf(cardNumber).match(/.{1,4}/g) ?? []).join("-");
