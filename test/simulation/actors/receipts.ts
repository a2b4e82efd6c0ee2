// Shops that issue cash receipts for what was paid by bank, and cancel them again.
import { cancelReceipt } from "../../../lib/usecases/receipts/cancel-receipt.ts";
import { issueReceipt } from "../../../lib/usecases/receipts/issue-receipt.ts";
import type { Stage } from "../stage.ts";

export async function keepReceipt(stage: Stage, merchantUid: string): Promise<void> {
  const address = { of: "order", merchantUid } as const;
  const rounds = 1 + stage.dice.below(3);
  for (let round = 0; round < rounds; round += 1) {
    for (let time = 0; time < 3; time += 1) {
      stage.act("receipt_issue", () => merchantUid);
      const ending = await stage.shop.invoke("receipt", "merchant", (ports, call) =>
        issueReceipt(
          {
            address,
            identifier: "01012345678",
            identifierType: "phone",
            type: "person",
            productType: "real",
            buyerName: "홍길동",
            buyerEmail: null,
            buyerTel: null,
            bodyHash: "receipt",
            sale: null,
          },
          call,
          ports,
        ),
      );
      if (ending.ended === "answered" && ending.value.outcome !== "pending") break;
      await stage.sleep(stage.between(1, 120));
    }
    await stage.sleep(stage.between(5, 600));
    if (stage.chance(0.4)) return;
    for (let time = 0; time < 3; time += 1) {
      stage.act("receipt_cancel", () => merchantUid);
      const ending = await stage.shop.invoke("receipt", "merchant", (ports, call) =>
        cancelReceipt(address, call, ports),
      );
      if (ending.ended === "answered" && ending.value.outcome !== "pending") break;
      await stage.sleep(stage.between(1, 120));
    }
    await stage.sleep(stage.between(1, 300));
  }
}
