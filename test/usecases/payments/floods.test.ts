// S29: three hundred knocks of each kind a stranger can make, at one instance one after another and at sixteen at once, on
// one order and on twenty. What they cost at PortOne is bounded, whatever they say. Over sockets: test/flows/floods.test.ts.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { createAllowance } from "../../../lib/usecases/payments/allowance.ts";
import { completePayment } from "../../../lib/usecases/payments/complete-payment.ts";
import { confirmPayment } from "../../../lib/usecases/payments/confirm-payment.ts";
import { receiveNotice } from "../../../lib/usecases/payments/receive-notice.ts";
import { CountedBudget } from "../../support/doubles.ts";
import {
  approvedOrder,
  createdOrder,
  holds,
  openRecord,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, syncingPorts } from "../../support/syncing-ports.ts";

const knocks = 300;
const instances = 16;

/** Five an order, as the table counts them. */
class BudgetOfTheTable extends CountedBudget {
  readonly #taken = new Map<string, number>();

  override async take(merchantUid: string): Promise<boolean> {
    const taken = (this.#taken.get(merchantUid) ?? 0) + 1;
    this.#taken.set(merchantUid, taken);
    return taken <= 5 && super.take(merchantUid);
  }
}

type Ports = Awaited<ReturnType<typeof portsOver>>;

async function portsOver(orders: readonly Order[]) {
  const ports = await syncingPorts(null, [], new BudgetOfTheTable(600));
  for (const order of orders) await ports.store.create(order);
  return { ...ports, holds };
}

let invented = 0;
const inventedImpUid = () => {
  invented += 1;
  return `imp_9${String(invented).padStart(11, "0")}`;
};

const notice = (merchantUid: string, impUid: string, hasToken: boolean, ports: Ports) =>
  receiveNotice(
    { merchantUid, impUid, status: "paid", cancellationId: null, hasToken, isPortOne: false },
    call,
    ports,
  );
const complete = (merchantUid: string, impUid: string, hasToken: boolean, ports: Ports) =>
  completePayment({ merchantUid, impUid, hasToken, isPortOne: false }, call, ports);
const confirm = (merchantUid: string, hasToken: boolean, ports: Ports) =>
  confirmPayment(
    { merchantUid, impUid: inventedImpUid(), amount: 109_000, hasToken, isPortOne: false },
    ports,
    new AbortController().signal,
  );

const heldBy = (merchantUid: string) => `imp-of-${merchantUid}`;
const free = (merchantUid: string) => createdOrder({ merchantUid });
const open = (merchantUid: string) => approvedOrder(free(merchantUid), heldBy(merchantUid));
const recordOf = (merchantUid: string) => ({ merchantUid, impUid: heldBy(merchantUid) });
const paid = (merchantUid: string) => synced(open(merchantUid), [paymentRecord(recordOf(merchantUid))]);

type Kind = readonly [
  what: string,
  order: (merchantUid: string) => Order,
  knock: (merchantUid: string, ports: Ports) => Promise<unknown>,
];
const kinds: readonly Kind[] = [
  ["notices of invented payments", free, (uid, ports) => notice(uid, inventedImpUid(), false, ports)],
  ["the same with the token", free, (uid, ports) => notice(uid, inventedImpUid(), true, ports)],
  ["notices of an open attempt we hold", open, (uid, ports) => notice(uid, heldBy(uid), false, ports)],
  ["returns from invented payments", free, (uid, ports) => complete(uid, inventedImpUid(), false, ports)],
  ["returns so with the token", free, (uid, ports) => complete(uid, inventedImpUid(), true, ports)],
  ["returns from an open attempt we hold", open, (uid, ports) => complete(uid, heldBy(uid), false, ports)],
  ["returns from the payment that paid", paid, (uid, ports) => complete(uid, heldBy(uid), false, ports)],
  ["confirms of invented payments with the token", free, (uid, ports) => confirm(uid, true, ports)],
  ["confirms of such beside an open window", open, (uid, ports) => confirm(uid, true, ports)],
  ["confirms of such where no token is asked for", open, (uid, ports) => confirm(uid, false, ports)],
];

describe.each(kinds)("S29 three hundred %s", (_, orderOf, knock) => {
  it.each([
    [1, 1],
    [1, instances],
    [20, 1],
    [20, instances],
  ])("on %i order(s) at %i instance(s)", async (orders, atOnce) => {
    const names = Array.from({ length: orders }, (_unused, number) => `ord-${number}`);
    const shared = await portsOver(names.map(orderOf));
    shared.gateway.records = names.map((name) => ({ ...openRecord, ...recordOf(name) }));
    let left = knocks;
    const stranger = async () => {
      const ports = { ...shared, allowance: createAllowance() };
      for (left -= 1; left >= 0; left -= 1) await knock(names[left % orders] ?? "", ports);
    };
    await Promise.all(Array.from({ length: atOnce }, stranger));
    expect(shared.gateway.asked.length).toBeLessThanOrEqual(orders === 1 ? 30 : 120);
    for (const name of names) {
      const order = await shared.store.read(name);
      // Approved at most once, and written once to be due.
      expect(order?.version).toBeLessThanOrEqual(orderOf(name).version + 2);
      expect(order?.reviewReason).toBeNull();
    }
  });
});

it("S29 three hundred notices of the payment that paid ask about it as rarely", async () => {
  const shared = await portsOver([paid("ord-0")]);
  shared.gateway.records = [paymentRecord(recordOf("ord-0"))];
  const duplicate = async () => {
    const ports = { ...shared, allowance: createAllowance() };
    for (let time = 0; time < 19; time += 1) await notice("ord-0", heldBy("ord-0"), true, ports);
  };
  await Promise.all(Array.from({ length: instances }, duplicate));
  expect(shared.gateway.asked.length).toBeLessThanOrEqual(30);
});
