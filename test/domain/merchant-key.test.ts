// What a merchant key may do: a write scope includes the reads of its own door, `read` is every read.
import { expect, it } from "vitest";
import { mayCall, type Scope } from "../../lib/domain/merchant-key.ts";

const key = (...scopes: readonly Scope[]) => ({ name: "shop-2026", sha256: "0".repeat(64), scopes });

it.each([
  ["its own door", key("orders"), "orders", false, true],
  ["its own door's reads", key("refunds"), "refunds", true, true],
  ["one door of several", key("orders", "receipts"), "receipts", false, true],
  ["every read", key("read"), "receipts", true, true],
  ["another door", key("orders"), "refunds", false, false],
  ["another door's reads", key("orders"), "refunds", true, false],
  ["a write with read alone", key("read"), "orders", false, false],
  ["an order with admin alone", key("admin"), "orders", false, false],
  ["anything without a scope", key(), "orders", true, false],
] as const)("%s", (_, merchantKey, door, isRead, may) => {
  expect(mayCall(merchantKey, door, isRead)).toBe(may);
});
