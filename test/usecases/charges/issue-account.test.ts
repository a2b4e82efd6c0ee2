// A virtual account without a window: KSNET's rules first, then one account, however often it is asked for.
import { describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { type IssueAccount, issueAccount } from "../../../lib/usecases/charges/issue-account.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { billingPorts, chargeFacts, lost, refusedWith } from "../../support/billing-doubles.ts";
import { failingAfter, silence } from "../../support/doubles.ts";
import { opening } from "../../support/instructions.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  createdAtMs,
  createdOrder,
  failedRecord,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, hurriedCall, storedOrder, touch } from "../../support/syncing-ports.ts";

const dueAtMs = Date.parse("2026-08-08T23:59:59+09:00");
const facts = chargeFacts({ calls: ["virtual_account"], productType: "real", buyerName: null, dueAtMs });
const request: IssueAccount = {
  merchantUid: "ord-20260805-000142",
  bankCode: "088",
  dueAtMs,
  productType: "real",
  facts,
};
const payable = createdOrder({ payMethod: "vbank" });
const opened = { outcome: "done", value: accountRecord } as const;

describe("KSNET's rules are asked before anything is called", () => {
  it.each([
    ["a vbank contract that is missing", request, ["key_in"], "contract_missing", "/vbank_code"],
    [
      "no product type",
      { ...request, productType: null, facts: { ...facts, productType: null } },
      ["vbank"],
      "product_type_required",
      "/product_type",
    ],
    [
      "a due time in the past",
      { ...request, facts: { ...facts, dueAtMs: createdAtMs } },
      ["vbank"],
      "vbank_due_past",
      "/vbank_due_at",
    ],
  ] as const)("%s", async (_, asked, contracts, code, pointer) => {
    const ports = { ...(await billingPorts(payable)), contracts: new Set(contracts) };
    ports.store.fail("read");
    expect(await issueAccount(asked, call, ports)).toMatchObject({
      outcome: "rules_broken",
      broken: [{ code, pointer }],
    });
    expect([ports.charges.sent, ports.gateway.asked, ports.store.updates]).toEqual([[], [], 0]);
  });
});

describe("opening an account", () => {
  it("opens one and shows it", async () => {
    const ports = await billingPorts(payable);
    ports.charges.answers.push(opened);
    expect(await issueAccount(request, call, ports)).toMatchObject({
      outcome: "awaiting",
      order: {
        state: "awaiting_deposit",
        attempts: [{ state: "ready", account: { number: account.number } }],
      },
    });
    expect(ports.charges.sent).toMatchObject([
      { call: "account", request: { amount: 109_000, bankCode: "088", productType: "real", dueAtMs } },
    ]);
  });

  it("asked for again opens no second one", async () => {
    const ports = await billingPorts(payable);
    ports.charges.answers.push(opened);
    await issueAccount(request, call, ports);
    ports.gateway.records = [accountRecord];
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "awaiting" });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("finds the one that an earlier, lost call opened", async () => {
    const ports = await billingPorts(payable, [accountRecord]);
    expect(await issueAccount(request, call, ports)).toMatchObject({
      outcome: "awaiting",
      order: { attempts: [{ account: { number: account.number } }] },
    });
    expect(ports.charges.sent).toEqual([]);
  });

  it("is the buyer's own, although a window that confirm approved was tried before", async () => {
    const failed = synced(approvedOrder(payable, "imp_window"), [{ ...failedRecord, impUid: "imp_window" }]);
    const ports = await billingPorts(failed);
    ports.charges.answers.push(lost);
    ports.gateway.records = [accountRecord];
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "awaiting" });
  });

  it.each<[string, Order]>([
    ["is paid", synced(approvedOrder(), [paymentRecord()])],
    ["may still be approved", approvedOrder()],
    ["is in review", { ...payable, reviewReason: "status_unknown" }],
    ["has expired", { ...payable, isExpired: true, state: "expired" }],
  ])("is refused for an order that %s", async (_, order) => {
    const ports = await billingPorts(order);
    expect(await issueAccount(request, call, ports)).toEqual({ outcome: "order_not_payable" });
    expect(ports.charges.sent).toEqual([]);
  });

  it("is refused while the order is to be void", async () => {
    const waiting = synced(approvedOrder(payable), [accountRecord]);
    const ports = await billingPorts({ ...waiting, isVoidWanted: true }, [accountRecord]);
    expect(await issueAccount(request, call, ports)).toEqual({ outcome: "order_not_payable" });
  });

  it("needs an order, and a look at it", async () => {
    expect(await issueAccount(request, call, await billingPorts())).toEqual({ outcome: "order_not_found" });
    const ports = await billingPorts(payable);
    ports.gateway.answers.push(silence);
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "unavailable" });
    expect(ports.charges.sent).toEqual([]);
  });

  it("asked for twice at once opens one", async () => {
    const ports = await billingPorts(payable);
    const issue = ports.charges.issueAccount.bind(ports.charges);
    let second: ReturnType<typeof issueAccount> | null = null;
    ports.charges.issueAccount = async (asked) => {
      if (second === null) {
        second = issueAccount(request, call, ports);
        await second;
      }
      return issue(asked);
    };
    ports.charges.answers.push(opened);
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "awaiting" });
    expect(await second).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toHaveLength(1);
  });

  it("lost to the other's claim, is the other's account", async () => {
    const ports = await billingPorts(payable);
    ports.store.interfere((order) => ({ ...order, instruction: opening.instruction, isAccountAsked: true }));
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toEqual([]);
  });

  it("is not sent without time, nor when nobody can read whether it is claimed", async () => {
    const hurried = await billingPorts(payable);
    expect(await issueAccount(request, hurriedCall, hurried)).toMatchObject({ outcome: "unavailable" });
    const closed = await billingPorts(payable);
    closed.charges.isReady = false;
    expect(await issueAccount(request, call, closed)).toEqual(silence);
    const unread = await billingPorts({ ...payable, nextLookAtMs: null });
    unread.store.leaveUnanswered("lands");
    unread.store.read = failingAfter(unread.store, 1);
    expect(await issueAccount(request, call, unread)).toEqual({
      outcome: "claim_unreadable",
      merchantUid: payable.merchantUid,
    });
    expect([hurried, closed, unread].flatMap(({ charges }) => charges.sent)).toEqual([]);
  });

  it("is announced in the order first: lost to somebody else's write it is busy", async () => {
    const ports = await billingPorts(payable);
    await syncOrder(
      { merchantUid: payable.merchantUid, impUid: null, by: "sweep", mayMoveMoney: false },
      call,
      ports,
    );
    ports.store.interfere(touch);
    expect(await issueAccount(request, call, ports)).toEqual({ outcome: "busy" });
    expect(ports.charges.sent).toEqual([]);
  });
});

describe("PortOne's answer", () => {
  it("no is told with its words, and the order is looked at again", async () => {
    const ports = await billingPorts(payable);
    ports.charges.answers.push(refusedWith("은행 점검"));
    expect(await issueAccount(request, call, ports)).toEqual({
      outcome: "provider_refused",
      message: "은행 점검",
    });
    expect(await storedOrder(ports)).toMatchObject({
      state: "created",
      instruction: null,
      owedReads: [{ atMs: ports.clock.nowMs() + quietMs, impUid: null }],
    });
  });

  it("lost is looked up in PortOne's list", async () => {
    const ports = await billingPorts(payable);
    const issue = ports.charges.issueAccount.bind(ports.charges);
    ports.charges.issueAccount = (asked) => {
      ports.gateway.records = [accountRecord];
      return issue(asked);
    };
    ports.charges.answers.push(lost);
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "awaiting" });
  });

  it("lost without a trace is pending; the same request opens none before QUIET, and one after it", async () => {
    const ports = await billingPorts(payable);
    const pending = { outcome: "pending", order: { instruction: { kind: "vbank_issue", state: "unknown" } } };
    expect(await issueAccount(request, call, ports)).toMatchObject(pending);
    ports.clock.advance(quietMs - 1);
    expect(await issueAccount(request, call, ports)).toMatchObject(pending);
    expect(ports.charges.sent).toHaveLength(1);
    ports.clock.advance(1);
    ports.charges.answers.push(opened);
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "awaiting" });
    expect(ports.charges.sent).toHaveLength(2);
  });

  it("no that nobody can check is pending", async () => {
    const ports = await billingPorts(payable);
    const issue = ports.charges.issueAccount.bind(ports.charges);
    ports.charges.issueAccount = (asked) => {
      ports.gateway.answers.push(silence, silence);
      return issue(asked);
    };
    ports.charges.answers.push(refusedWith("은행 점검"));
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "pending" });
    // The look that the repeat begins with has the record, and with it the last word.
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "pending" });
    expect(ports.charges.sent).toHaveLength(2);
  });

  it("lost to somebody else's write is looked up as well", async () => {
    const ports = await billingPorts(payable, []);
    const issue = ports.charges.issueAccount.bind(ports.charges);
    ports.charges.issueAccount = (asked) => {
      ports.gateway.records = [accountRecord];
      ports.store.interfere(touch);
      return issue(asked);
    };
    ports.charges.answers.push(opened);
    expect(await issueAccount(request, call, ports)).toMatchObject({ outcome: "awaiting" });
  });
});
