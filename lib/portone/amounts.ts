// Registers an order's amount with PortOne, so that a window asking for another amount does not even open
// (PortOne's prepare page). Best effort: verification after payment stays the proof.
import { parseMoney, toWire } from "../domain/money.ts";
import type { AmountRegistry } from "../ports/portone.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { asWire } from "./fields.ts";
import { pathTo } from "./path.ts";
import { prepareLimitMs } from "./policy.ts";

export const createAmounts = (caller: AuthorizedCaller): AmountRegistry => ({
  async register({ merchantUid, amount: money, currency }) {
    const amount = toWire(money, currency);
    const signal = AbortSignal.timeout(prepareLimitMs);
    const body = { merchant_uid: merchantUid, amount, currency };
    const limited = { limitMs: prepareLimitMs, signal };
    const answer = await caller.call({
      method: "POST",
      path: pathTo`/payments/prepare`,
      body,
      ...limited,
    });
    if (answer.outcome === "success") return "registered";
    if (answer.outcome !== "refused") return "unknown";
    // Refused mostly means that the number is registered already; what with, only a look tells.
    const path = pathTo`/payments/prepare/${merchantUid}`;
    const stored = await caller.call({ method: "GET", path, ...limited });
    if (stored.outcome !== "success") return "unknown";
    const read = parseMoney(asWire(stored.response)?.["amount"], currency);
    if (read === null) return "unknown";
    return read === money ? "registered" : "differs";
  },
});
