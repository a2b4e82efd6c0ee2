// How many requests a second each door takes before the gateway answers 429, and how many at once (burst): every
// route key has its own numbers, so that a flood at one door keeps no other shut. The measure is a sale of 100
// payments a second; the account's own quota, 10,000 a second and 5,000 at once over all its APIs, stands above all.
const accountQuota = { ratePerS: 10_000, burst: 5_000 };

/** What confirm may run at once where nothing is reserved: the account's usual quota of executions. */
const usualExecutions = 1_000;
/** Three table calls and the work between them, so one execution answers twenty a second. */
const confirmMs = 50;

/**
 * Twice of what all its executions can answer: where buyers are refused, it is never the gateway that does it while an
 * execution stands idle. A wrong token ends before any call, so a flood of those is cheap.
 */
function confirm(confirmConcurrency) {
  const reachPerS = (confirmConcurrency || usualExecutions) * (1_000 / confirmMs);
  return {
    ratePerS: Math.min(2 * reachPerS, accountQuota.ratePerS),
    burst: Math.min(2 * reachPerS, accountQuota.burst),
  };
}

const others = {
  // PortOne sends a notice again after 5xx only: one refused with 429 is lost until the sweep looks. Each of 100
  // payments a second may bring several; what they may ask of PortOne is held by the notice budget.
  notice: {
    ratePerS: 1_000,
    burst: 2_000,
    routes: ["POST /portone/notice/{token}", "POST /portone/notice"],
  },
  // One a payment, and a page that was answered 503 asks again: three times the sale.
  browser: {
    ratePerS: 300,
    burst: 600,
    routes: ["POST /payments/complete", "OPTIONS /payments/complete", "GET /payments/redirect"],
  },
  // What a shop does once or twice a payment: half of those who begin do not pay.
  order: {
    ratePerS: 200,
    burst: 400,
    routes: ["POST /orders", "GET /orders/{merchant_uid}"],
  },
  // One order's afterlife, or one customer's card. Each may wait ten seconds for PortOne, so 50 a second hold 500
  // executions at worst: half of the account's usual 1,000, confirm's own not counted.
  single: {
    ratePerS: 50,
    burst: 100,
    routes: [
      "POST /orders/{merchant_uid}/void",
      "POST /orders/{merchant_uid}/sync",
      "POST /orders/{merchant_uid}/refunds",
      "GET /orders/{merchant_uid}/refunds",
      "GET /orders/{merchant_uid}/refunds/{refund_id}",
      "DELETE /orders/{merchant_uid}/refunds/{refund_id}",
      "POST /orders/{merchant_uid}/receipt",
      "GET /orders/{merchant_uid}/receipt",
      "DELETE /orders/{merchant_uid}/receipt",
      "POST /receipts/external/{merchant_uid}",
      "GET /receipts/external/{merchant_uid}",
      "DELETE /receipts/external/{merchant_uid}",
      "POST /payments/onetime",
      "POST /customers/{customer_uid}/billing-key",
      "GET /customers/{customer_uid}/billing-key",
      "DELETE /customers/{customer_uid}/billing-key",
      "POST /customers/{customer_uid}/payments",
      "POST /customers/{customer_uid}/schedules",
      "GET /customers/{customer_uid}/schedules",
      "DELETE /customers/{customer_uid}/schedules",
      "PUT /customers/{customer_uid}/schedules/{merchant_uid}",
      "POST /customers/{customer_uid}/schedules/{merchant_uid}/retry",
      "POST /orders/{merchant_uid}/virtual-account",
      "DELETE /orders/{merchant_uid}/virtual-account",
      "POST /orders/{merchant_uid}/delivery",
      "PUT /orders/{merchant_uid}/delivery",
      "GET /orders/{merchant_uid}/delivery",
    ],
  },
  // A person's, or a page of a list that reads a hundred items.
  person: {
    ratePerS: 10,
    burst: 20,
    routes: [
      "GET /orders",
      "POST /orders/{merchant_uid}/resolve",
      "POST /give-back-brake",
      "GET /give-back-brake",
      "GET /queue",
      "GET /audits/{day}",
    ],
  },
};

const confirmRoutes = ["POST /portone/confirm/{token}", "POST /portone/confirm"];

module.exports = {
  /** For a route key that has none of its own, which the tests do not let through: the least of all. */
  unnamed: { ratePerS: others.person.ratePerS, burst: others.person.burst },
  /** By route key. */
  throttles: (confirmConcurrency) =>
    Object.fromEntries([
      ...confirmRoutes.map((route) => [route, confirm(confirmConcurrency)]),
      ...Object.values(others).flatMap(({ routes, ratePerS, burst }) =>
        routes.map((route) => [route, { ratePerS, burst }]),
      ),
    ]),
};
