// Holds the cash receipts of sales outside PortOne against what the shop asked for: one is live where one is wanted, over
// what was sold, with its tax reckoned right, as the table says it; and none of a number that has an order here. Imports
// nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import { wishesOfSales } from "./receipt-wishes.ts";
import type { Item } from "./table.ts";
import {
  type Answer,
  isLive,
  numberOfSale,
  ordersByNumber,
  type Receipt,
  saidOf,
  salesIn,
  vatOf,
} from "./world.ts";

interface Facts {
  readonly items: readonly Item[];
  readonly externalReceipts: readonly Receipt[];
  readonly answers: readonly Answer[];
}

export function auditSales({ items, externalReceipts, answers }: Facts): readonly Finding[] {
  const orders = ordersByNumber(items);
  const sales = new Map(salesIn(items).map((sale) => [numberOfSale(sale), sale]));
  const live = Map.groupBy(externalReceipts.filter(isLive), ({ merchant_uid }) => merchant_uid);
  const wishes = wishesOfSales(answers);
  const numbers = [...new Set([...sales.keys(), ...live.keys(), ...wishes.keys()])];
  return numbers.flatMap((number) => {
    const own = live.get(number) ?? [];
    const [receipt] = own;
    const wrong = (detail: string) => [found("receipt_wrong", number, detail)];
    if (own.length > 1) return wrong("several live of one sale");
    const said = saidOf(sales.get(number));
    if (!receipt) {
      if (said.state === "issued") return wrong("issued here, and none is live at PortOne");
      return wishes.get(number) === "wanted" ? wrong("one is wanted, and none is live") : [];
    }
    if (orders.has(number)) return wrong("is of a sale outside PortOne, and the number has an order");
    if ((wishes.get(number) ?? "unwanted") === "unwanted") return wrong("is live, and nobody wants it");
    const { apply_num: name, amount, tax_free: taxFree, vat } = receipt;
    const isSame = said.amount === amount && said.taxFree === taxFree && said.vat === vat;
    if (said.state !== "issued" || said.number !== name || !isSame)
      return wrong(`${name} is live, and the table says another`);
    const sold = soldOf(number, answers);
    if (amount !== sold["amount"] || taxFree !== sold["tax_free"])
      return wrong(`says ${amount}, ${taxFree} free of tax, and another was sold`);
    return vat === vatOf(receipt) ? [] : wrong(`says ${vat} tax of ${amount - taxFree}`);
  });
}

const soldOf = (number: string, answers: readonly Answer[]) =>
  answers.findLast(({ method, path }) => method === "POST" && path === `/receipts/external/${number}`)
    ?.sent ?? {};
