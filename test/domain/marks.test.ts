// A mark changes who decides, never what is looked at, and stands in nobody's way but the money's that caused it.
import { describe, expect, it } from "vitest";
import { compareWithRecord } from "../../lib/domain/audit.ts";
import { attemptOf, type Order } from "../../lib/domain/order.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  createdAtMs,
  createdOrder,
  failedRecord,
  givingPolicy,
  look,
  minuteMs,
  openRecord,
  paymentRecord,
  policy,
  synced,
  won,
} from "../support/orders.ts";

const minute = (count: number): number => createdAtMs + count * minuteMs;
const complete = (atMs: number) => ({ isComplete: true, atMs });
const created = createdOrder();
const approved = approvedOrder();
const other = (more: Parameters<typeof paymentRecord>[0]) => paymentRecord({ impUid: "imp_2", ...more });
const foreign = [
  ["sandbox_payment", other({ sandbox: true })],
  ["foreign_channel", other({ pgId: "2999199990" })],
  ["payment_older_than_order", other({ startedAtMs: createdAtMs - 3_600_000 })],
  ["status_unknown", other({ status: "unrecognised" })],
] as const;
const reasonsOf = ({ history }: Order) => history.map(({ reason }) => reason);

describe("foreign money", () => {
  it.each(foreign)(
    "%s is marked, named in the history, never an attempt, and told once",
    (reason, record) => {
      const marked = synced(created, [record]);
      expect(marked).toMatchObject({ state: "created", reviewReason: reason, attempts: [] });
      expect(reasonsOf(marked)).toEqual([null, `${reason}:imp_2`]);
      expect(synced(marked, [record])).toBe(marked);
      const cleared = { ...marked, reviewReason: null };
      expect(synced(cleared, [record])).toBe(cleared);
    },
  );

  it.each(foreign)("%s keeps no other payment from paying the order", (_, record) => {
    expect(synced(synced(created, [record]), [paymentRecord()])).toMatchObject({
      state: "paid",
      impUid: "imp_730112845061",
    });
  });

  it("is named beside a mark that was first, a few of it at most", () => {
    const marked = synced(created, [paymentRecord({ amount: won(100) })]);
    const records = ["a", "b", "c", "d", "e"].map((name) =>
      other({ impUid: `imp_${name}`, pgId: "2999199990" }),
    );
    const named = synced(marked, records);
    expect(named.reviewReason).toBe("amount_mismatch");
    expect(reasonsOf(named).filter((reason) => reason?.startsWith("foreign_channel:"))).toHaveLength(4);
    expect(synced(named, records)).toBe(named);
  });
});

describe("a payment of the test channel", () => {
  const test = other({ sandbox: true });

  it.each([
    ["an attempt is approved", approved, [test]],
    ["the order is paid", synced(created, [paymentRecord()]), [test]],
    ["a live window is open", created, [openRecord, test]],
  ])("marks nobody while %s", (_, order, records) => {
    expect(synced(order, records, { atMs: minute(1) }).reviewReason).toBeNull();
  });

  it("marks nobody when it took no money", () => {
    expect(synced(created, [other({ sandbox: true, status: "ready", paidAtMs: null })])).toBe(created);
  });

  it("no longer marks an order that a live one has paid", () => {
    const paid = synced(synced(created, [test]), [paymentRecord()]);
    expect(paid).toMatchObject({ state: "paid", reviewReason: null });
    const foreignToo = synced(synced(created, [other({ pgId: "2999199990" })]), [paymentRecord()]);
    expect(foreignToo).toMatchObject({ state: "paid", reviewReason: "foreign_channel" });
  });
});

describe("an attempt nobody paid", () => {
  it.each([
    ["a window", { ...openRecord, pgId: "2999199990" }],
    ["a window of an unknown status", other({ status: "unrecognised", paidAtMs: null })],
    ["an account of another channel", { ...accountRecord, pgId: "2999199990" }],
    ["an account for another amount", { ...accountRecord, amount: won(1) }],
    ["an account older than the order", { ...accountRecord, startedAtMs: createdAtMs - 3_600_000 }],
    ["a declined card", { ...failedRecord, sandbox: true }],
  ])("marks nobody and is none of the order's: %s", (_, record) => {
    const after = synced(created, [record]);
    expect(after).toMatchObject({ state: "created", reviewReason: null, attempts: [] });
  });

  it("of an unknown status is a person's when confirm approved it", () => {
    const unknown = paymentRecord({ status: "unrecognised", paidAtMs: null });
    expect(synced(approved, [unknown])).toMatchObject({ state: "approved", reviewReason: "status_unknown" });
  });
});

describe("an account a stranger opened on the order's number", () => {
  const strangers = { ...accountRecord, impUid: "imp_stranger" };
  const paid = (order: Order, atMs: number) => synced(order, [paymentRecord()], { atMs });
  const ignored = synced(approved, [strangers]);

  it("is ignored once confirm came for the buyer's own, and seen again when the order is past", () => {
    expect(ignored).toMatchObject({
      state: "approved",
      reviewReason: null,
      attempts: [{ state: "approved" }],
    });
    expect(ignored.owedReads).toEqual([{ atMs: created.expiresAtMs, impUid: null }]);
    expect(synced(ignored, [strangers])).toBe(ignored);
  });

  it("on an order for an account is ignored alike, though it would fit", () => {
    const order = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [strangers]);
    expect(order).toMatchObject({ state: "approved", attempts: [{ state: "approved" }] });
    const asked = synced({ ...order, isAccountAsked: true }, [strangers]);
    expect(attemptOf(asked, "imp_stranger")).toMatchObject({ state: "ready", isRevoking: false });
  });

  it("on an order for a card is ignored before confirm came, too: no card window ends in one", () => {
    const before = synced(created, [strangers]);
    expect(before).toMatchObject({ state: "created", reviewReason: null, attempts: [] });
  });

  it.each<[string, Order]>([
    ["paid", paid(ignored, minute(4))],
    ["void", decideVoid(synced(created, [strangers]), { by: "merchant", atMs: minute(4) }) ?? created],
    ["past", synced(created, [strangers])],
  ])("is closed when the order is %s, and moves no state", (_, order) => {
    const records = order.impUid === null ? [strangers] : [strangers, paymentRecord()];
    const closing = synced(order, records, complete(created.expiresAtMs));
    expect(attemptOf(closing, "imp_stranger")).toMatchObject({ state: "ready", isRevoking: true });
    expect(closing.state).toBe(order.state === "created" ? "expired" : order.state);
    expect(closing).toMatchObject({ owedReads: [], wishedAtMs: created.expiresAtMs });
    const closed = { ...strangers, status: "cancelled" as const, account: null };
    const rested = synced(closing, [closed], { atMs: created.expiresAtMs + 1_000 });
    expect(rested).toMatchObject({ state: closing.state, reviewReason: null, wishedAtMs: null });
  });

  it("is the buyer's own where confirm never came", () => {
    const waiting = synced(createdOrder({ payMethod: "vbank" }), [strangers]);
    expect(waiting).toMatchObject({ state: "awaiting_deposit", attempts: [{ isRevoking: false, account }] });
  });

  it("is closed a few at a time, and none is forgotten", () => {
    const many = ["1", "2", "3", "4", "5", "6"].map((name) => ({ ...strangers, impUid: `imp_s${name}` }));
    const order = paid(approved, minute(4));
    const closing = synced(order, [paymentRecord(), ...many], complete(minute(5)));
    expect(closing.attempts.filter(({ isRevoking }) => isRevoking)).toHaveLength(4);
    expect(closing.owedReads).toEqual([{ atMs: minute(15), impUid: null }]);
    const closed = many.map((record) => ({ ...record, status: "cancelled" as const, account: null }));
    const rest = synced(
      closing,
      [paymentRecord(), ...closed.slice(0, 4), ...many.slice(4)],
      complete(minute(15)),
    );
    expect(rest.attempts.filter(({ isRevoking }) => isRevoking).map(({ impUid }) => impUid)).toEqual([
      "imp_s5",
      "imp_s6",
    ]);
  });
});

describe("a marked order", () => {
  const marked = synced(created, [paymentRecord({ impUid: "imp_mark", pgId: "2999199990" })]);
  const atEnd = complete(created.expiresAtMs);

  it("is looked at as any other, and expires as any other", () => {
    expect(marked).toMatchObject({ reviewReason: "foreign_channel", dueAtMs: created.dueAtMs });
    expect(synced(marked, [], atEnd).state).toBe("expired");
  });

  it("has another payment of it seen by the audit, but not again the one it is marked for", () => {
    const expired = synced(marked, [], atEnd);
    const known = paymentRecord({ impUid: "imp_mark", pgId: "2999199990" });
    expect(compareWithRecord(expired, known, policy)).toBeNull();
    expect(compareWithRecord(expired, paymentRecord(), policy)).toMatchObject({ kind: "state_differs" });
  });

  it("has its payment seen by the audit once PortOne tells it as the order's own", () => {
    const unknown = synced(created, [other({ status: "unrecognised" })]);
    const paid = synced(unknown, [paymentRecord()]);
    expect(compareWithRecord(paid, other({ status: "unrecognised" }), policy)).toBeNull();
    expect(compareWithRecord(paid, other({}), policy)).toMatchObject({
      kind: "state_differs",
      impUid: "imp_2",
    });
    const mended = { ...policy, mids: [...policy.mids, "2999199990"] };
    const known = paymentRecord({ impUid: "imp_mark", pgId: "2999199990" });
    expect(compareWithRecord(marked, known, mended)).toMatchObject({ kind: "state_differs" });
  });

  it("has a second payment given back as any other", () => {
    const paid = synced(marked, [paymentRecord()]);
    const both = decideSync(paid, look([other({ paidAtMs: minute(3) })]), givingPolicy);
    expect(attemptOf(both, "imp_2")).toMatchObject({ state: "paid", giveBack: "wanted" });
  });
});
