// What a shop does after the sale, on with the same story: a part goes back, and a bank transfer gets its
// cash receipt.
import { asJson, demoOrder, merchant, orderPath, type Step } from "./demo-steps.ts";
import { exchange } from "./demo-timeline.ts";

const refundPart: Step = {
  title: "step_refund",
  expected: "200 succeeded, remaining 89000",
  play: async (story) => {
    const { status, body } = await merchant(
      story,
      "POST",
      `${orderPath(story)}/refunds`,
      { amount: 20_000, reason: "단순 변심" },
      ["state", "amount", "tax_free", "tag", "cancellation_id", "remaining", "remaining_tax_free"],
      { "idempotency-key": `${story.merchantUid}-1` },
    );
    return `${status} ${body["state"]}, remaining ${body["remaining"]}`;
  },
};

const readHistory: Step = {
  title: "step_history",
  expected: "200 created, approved, paid, partially_refunded",
  play: async (story) => {
    const { status, body } = await merchant(story, "GET", orderPath(story), undefined, [
      "state",
      "history",
      "review_reason",
      "version",
    ]);
    const history = Array.isArray(body["history"]) ? body["history"].map(asJson) : [];
    return `${status} ${history.map(({ to }) => to).join(", ")}`;
  },
};

/** The number of the story's second order. */
export const transferUid = (merchantUid: string): string => `${merchantUid}-trans`;

const payByTransfer: Step = {
  title: "step_transfer",
  expected: "201 created, payment paid, 200 paid",
  play: async (story) => {
    const order = { ...demoOrder(transferUid(story.merchantUid)), pay_method: "trans" };
    const created = await merchant(story, "POST", "/orders", order, [
      "order.state",
      "request_pay.pay_method",
    ]);
    const { body } = await exchange(story, {
      from: "buyer",
      method: "POST",
      base: story.run.simulator,
      path: "/_control/pay",
      body: { request_pay: created.body["request_pay"] },
      showSent: ["request_pay.merchant_uid", "request_pay.pay_method"],
      show: ["payment.status", "payment.bank_name", "callback"],
    });
    const callback = asJson(body["callback"]);
    const back = await exchange(story, {
      from: "buyer",
      method: "POST",
      base: story.run.gateway,
      path: "/payments/complete",
      body: { imp_uid: callback["imp_uid"], merchant_uid: callback["merchant_uid"] },
    });
    const states = [
      asJson(created.body["order"])["state"],
      asJson(body["payment"])["status"],
      back.body["state"],
    ];
    return `${created.status} ${states[0]}, payment ${states[1]}, ${back.status} ${states[2]}`;
  },
};

const issueReceipt: Step = {
  title: "step_receipt",
  expected: "201 issued, amount 109000",
  play: async (story) => {
    const { status, body } = await merchant(
      story,
      "POST",
      `/orders/${transferUid(story.merchantUid)}/receipt`,
      { identifier: "010-1234-5678", identifier_type: "phone", type: "person", product_type: "real" },
      ["state", "identifier_masked", "amount", "tax_free", "vat", "apply_num"],
    );
    return `${status} ${body["state"]}, amount ${body["amount"]}`;
  },
};

export const afterSaleSteps: readonly Step[] = [refundPart, readHistory, payByTransfer, issueReceipt];
