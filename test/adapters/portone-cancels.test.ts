// A cancel against a real socket: nothing but an explicit success is success, and it is never sent twice.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { loginKeys } from "../support/login-keys.ts";
import { won } from "../support/orders.ts";
import {
  halfThenReset,
  hangUp,
  html,
  json,
  notJson,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
  wirePayment,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeEach(async () => {
  portone = await startScriptedPortOne();
});
afterEach(() => portone.close());

const nowMs = Date.parse("2026-08-05T12:25:00+09:00");
const callerOf = (url = portone.url) =>
  new AuthorizedCaller({ url, keys: loginKeys }, { nowMs: () => nowMs });
const impUid = "imp_730112845061";

describe("a cancel", () => {
  const request = {
    impUid,
    amount: won(20_000),
    taxFree: won(550),
    checksum: won(109_000),
    currency: "KRW" as const,
    reason: "#k7q2m5xwa 단순 변심",
    requester: null,
    account: null,
  };
  const cancelsOf = (url?: string) => createCancels(callerOf(url));

  it("says everything it must and nothing it was not told", async () => {
    portone.turns = [
      success(
        wirePayment({
          status: "cancelled",
          cancel_amount: 20_000,
          cancel_history: [
            { cancellation_id: "c-1", amount: 20_000, cancelled_at: 9, reason: "#k7q2m5xwa 단순 변심" },
          ],
        }),
      ),
    ];
    expect(await cancelsOf().cancel(request)).toMatchObject({
      outcome: "done",
      value: { cancels: [{ cancellationId: "c-1" }] },
    });
    expect(JSON.parse(portone.requests[0]?.body ?? "")).toEqual({
      imp_uid: impUid,
      amount: 20_000,
      tax_free: 550,
      checksum: 109_000,
      reason: "#k7q2m5xwa 단순 변심",
    });
    await cancelsOf().cancel({
      ...request,
      taxFree: null,
      requester: "customer",
      account: { holder: "김샘플", bank: "088", number: "110000000000" },
    });
    expect(JSON.parse(portone.requests[1]?.body ?? "")).toEqual({
      imp_uid: impUid,
      amount: 20_000,
      checksum: 109_000,
      reason: "#k7q2m5xwa 단순 변심",
      extra: { requester: "customer" },
      refund_holder: "김샘플",
      refund_bank: "088",
      refund_account: "110000000000",
    });
  });

  it("without an amount is never sent: it would cancel everything", async () => {
    await expect(cancelsOf().cancel({ ...request, amount: won(0) })).rejects.toThrow();
    expect(portone.requests).toEqual([]);
  });

  it.each([
    ["refused", json(200, { code: 1, message: "이미 전액취소된 주문입니다.", response: null }), "refused"],
    ["answered with 400", json(400, { code: -1, message: "잘못된 요청", response: null }), "refused"],
    ["answered with 500", json(500, { code: -1, message: "오류", response: null }), "unknown"],
    ["answered by a proxy", html, "unknown"],
    ["answered with HTML and 200", notJson, "unknown"],
    ["answered with no record", success(null), "unknown"],
    ["answered with half a body", halfThenReset, "unknown"],
    ["not answered", hangUp, "unknown"],
    ["answered with 429", json(429, {}), "unknown"],
  ])("%s is sent once", async (_, turn, outcome) => {
    portone.turns = [turn];
    expect(await cancelsOf().cancel(request)).toMatchObject({ outcome });
    expect(portone.requests).toHaveLength(1);
  });

  it("not let in, and not with a new token either, is not known: PortOne's trouble is no refusal", async () => {
    portone.turns = [json(401, { code: -1, message: "Unauthorized", response: null })];
    expect(await cancelsOf().cancel(request)).toMatchObject({ outcome: "unknown" });
    expect(portone.requests).toHaveLength(2);
  });

  it("goes out on a connection of its own", async () => {
    portone.turns = [success(wirePayment())];
    const cancels = cancelsOf();
    await cancels.login();
    await cancels.cancel(request);
    await cancels.cancel(request);
    expect(portone.connections).toBe(3);
  });

  it("is not logged in where nobody can", async () => {
    expect(await cancelsOf("http://127.0.0.1:9").login()).toMatchObject({ outcome: "unavailable" });
  });
});
