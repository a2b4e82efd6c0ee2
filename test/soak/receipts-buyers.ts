// Whom the receipts soak asks receipts for: a number of each kind, written as people write it, and no two alike, so
// that one that leaks names its order.
import type { Dice } from "./random.ts";

export interface PlannedBuyer {
  /** As the shop sends it. */
  readonly identifier: string;
  readonly identifierType: "phone" | "business" | "person" | "taxcard";
  /** A business proves what it spent, anybody else deducts it. */
  readonly type: "person" | "company";
  readonly email: string;
}

/** The serial number makes it nobody else's. */
export function drawBuyer(dice: Dice, serial: number): PlannedBuyer {
  const identifierType = dice.pick(["phone", "phone", "business", "person", "taxcard"] as const);
  const blocks = blocksOf[identifierType](dice, String(serial).padStart(serialDigits, "0"));
  return {
    identifier: blocks.join(dice.pick(["-", "-", " ", ""])),
    identifierType,
    type: identifierType === "business" ? "company" : "person",
    email: `buyer${serial}.${digits(dice, 6)}@example.com`,
  };
}

/** Of a serial number. */
const serialDigits = 4;
export const mostBuyers = 10 ** serialDigits;

const digits = (dice: Dice, count: number): string =>
  Array.from({ length: count }, () => dice.below(10)).join("");
const between = (dice: Dice, from: number, to: number): string =>
  String(from + dice.below(to - from + 1)).padStart(2, "0");

const blocksOf: Readonly<
  Record<PlannedBuyer["identifierType"], (dice: Dice, serial: string) => readonly string[]>
> = {
  phone: (dice, serial) =>
    dice.below(6) === 0 ? ["011", digits(dice, 3), serial] : ["010", digits(dice, 4), serial],
  business: (dice, serial) => {
    const office = between(dice, 101, 699);
    const body = `${office}${digits(dice, 2)}${serial}`;
    return [office, body.slice(3, 5), `${serial}${checkDigitOf(body)}`];
  },
  person: (dice, serial) => [
    `${between(dice, 60, 99)}${between(dice, 1, 12)}${between(dice, 1, 28)}`,
    `${between(dice, 1, 2).slice(1)}${digits(dice, 2)}${serial}`,
  ],
  taxcard: (dice, serial) => [
    `15${digits(dice, 2)}`,
    digits(dice, 4),
    digits(dice, 4),
    `${digits(dice, 2)}${serial}`,
  ],
};

const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** Of a business number; its ninth digit counts in tens and ones. */
function checkDigitOf(body: string): number {
  const weighted = [...body].map((digit, index) => Number(digit) * (weights[index] ?? 0));
  const sum = weighted.reduce((total, one) => total + one, 0) + Math.floor((weighted.at(-1) ?? 0) / 10);
  return (10 - (sum % 10)) % 10;
}
