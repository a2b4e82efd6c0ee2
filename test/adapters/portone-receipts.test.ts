// PortOne's receipts, read from whatever stands in their fields.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createReceipts } from "../../lib/portone/receipts.ts";
import { callerTo, type ScriptedPortOne, startScriptedPortOne, success } from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeEach(async () => {
  portone = await startScriptedPortOne();
});
afterEach(() => portone.close());

const receipt = {
  imp_uid: "imp_730112845063",
  apply_num: "123456789",
  type: "person",
  amount: 109_000,
  vat: 9_636,
  receipt_tid: "273210000001",
  receipt_url: null,
  applied_at: 1_785_900_600,
  cancelled_at: 0,
};

async function read(more: Readonly<Record<string, unknown>>) {
  portone.turns = [success({ ...receipt, ...more })];
  const target = { kind: "payment", impUid: "imp_730112845063" } as const;
  return createReceipts(callerTo(portone.url), null).fetchReceipt(target);
}

describe("a receipt", () => {
  it.each<[Readonly<Record<string, unknown>>, object]>([
    [{}, { applyNum: "123456789", amount: 109_000, appliedAtMs: 1_785_900_600_000, cancelledAtMs: null }],
    [{ apply_num: 123_456_789 }, { applyNum: "123456789" }],
    [
      { amount: "109000", vat: "9636" },
      { amount: 109_000, vat: 9_636 },
    ],
    [{ applied_at: 1e15 }, { appliedAtMs: null }],
    [{ applied_at: "" }, { appliedAtMs: null }],
    [{ applied_at: "1785900600" }, { appliedAtMs: 1_785_900_600_000 }],
    [{ receipt_tid: 7 }, { receiptTid: null }],
    [{ receipt_url: {} }, { receiptUrl: null }],
    [{ cancelled_at: null }, { cancelledAtMs: null }],
    [{ cancelled_at: "" }, { cancelledAtMs: null }],
    [{ cancelled_at: undefined }, { cancelledAtMs: null }],
    [{ cancelled_at: 1_785_900_700 }, { cancelledAtMs: 1_785_900_700_000 }],
  ])("with %j", async (more, record) => {
    expect(await read(more)).toMatchObject({ outcome: "found", record });
  });

  it.each([
    { apply_num: null },
    { apply_num: " " },
    { amount: null },
    { amount: 1e15 },
    { vat: {} },
    { cancelled_at: 1e15 },
    { cancelled_at: true },
    { cancelled_at: "어제" },
  ])("with %j is none, and nothing follows from it", async (more) => {
    expect(await read(more)).toMatchObject({ outcome: "unavailable", isAnswered: true });
  });
});
