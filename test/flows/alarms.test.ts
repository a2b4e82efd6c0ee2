// What wakes a person: for each metric of our own a story on the built functions makes its line, and what that line says to
// CloudWatch is exactly what the alarm looks at. An alarm without a story fails.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { metricNamespace } from "../../lib/metrics.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { metricsInLines, readAlarms } from "../support/metric-lines.ts";
import { type Json, Shop } from "../support/shop.ts";
import {
  approve,
  hourMs,
  minuteMs,
  open,
  passTime,
  payments,
  withoutConfirm,
  withoutNotices,
} from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  // One after the other, so that a sweep that ends early leaves something.
  const environment = { PAY_PREPARE: "off", PAY_GIVE_BACK_MAX: "1", PAY_SWEEP_PARALLEL: "1" };
  stack = await startStack({ environment });
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  await shop.local("DELETE", "/faults");
});
afterAll(() => stack?.close());

const cancelCall = "POST /payments/cancel";

async function payForged(merchantUid: string): Promise<void> {
  const requestPay = withoutConfirm(await shop.createOrder(merchantUid, { amount: 10_000, tax_free: 0 }));
  await shop.pay({ ...requestPay, amount: 1_000 });
  await shop.notices(merchantUid, 1);
}

/** Paid, and nobody is told of it but the sweep. */
async function payUnnoticed(merchantUid: string): Promise<void> {
  await withoutNotices(shop, merchantUid);
  await shop.pay(await shop.createOrder(merchantUid));
}

const audit = (event: Json = {}) =>
  shop.anybody("POST", "/2015-03-31/functions/audit/invocations", event).then(({ json }) => json);

async function lastHour(): Promise<Json> {
  const { now } = await shop.local<{ now: string }>("GET", "/clock");
  return { from: new Date(Date.parse(now) - hourMs).toISOString(), to: now };
}

async function refundUnanswered(merchantUid: string): Promise<void> {
  await shop.pay(await shop.createOrder(merchantUid));
  await shop.notices(merchantUid, 1);
  await shop.fault("server_error_then_ok", cancelCall, { merchant_uid: merchantUid, count: 99 });
  expect((await shop.refund(merchantUid, "key-1", { amount: 20_000 })).status).toBe(202);
}

interface Story {
  readonly makes: readonly string[];
  readonly tell: () => Promise<void>;
  /** What the line's value must be for the alarm to see something; at least one where nothing else is said. */
  readonly atLeast?: number;
}

const stories: Readonly<Record<string, Story>> = {
  "a payment of another amount, which goes back": {
    makes: ["payment_refused", "give_back"],
    tell: () => payForged("ord-forged"),
  },
  "more of them than go back by themselves": {
    makes: ["brake_on", "review_opened"],
    tell: async () => {
      await payForged("ord-braked-1");
      await payForged("ord-braked-2");
    },
  },
  "a second payment while a refund is held for a person": {
    makes: ["give_back_held_up"],
    tell: async () => {
      const requestPay = await shop.createOrder("ord-held");
      const [one, two] = [
        await open(shop, withoutConfirm(requestPay)),
        await open(shop, withoutConfirm(requestPay)),
      ];
      await approve(shop, one);
      await shop.notices("ord-held", 1);
      await shop.fault("server_error_then_ok", cancelCall, { merchant_uid: "ord-held", count: 99 });
      expect((await shop.refund("ord-held", "key-1", { amount: 20_000 })).status).toBe(202);
      await passTime(shop, 8, 12 * minuteMs);
      expect((await shop.order("ord-held")).review_reason).toBe("operation_unresolved");
      await approve(shop, two);
      await shop.notices("ord-held", 2);
    },
  },
  "a refund that PortOne shows twice": {
    makes: ["double_cancel"],
    tell: async () => {
      const merchantUid = "ord-double";
      await shop.pay(await shop.createOrder(merchantUid));
      await shop.notices(merchantUid, 1);
      await shop.fault("answer_lost_after_effect", cancelCall, { merchant_uid: merchantUid });
      expect((await shop.refund(merchantUid, "key-1", { amount: 20_000 })).status).toBe(202);
      const [entry] = await shop.cancels(merchantUid);
      const twice = [entry, { ...entry, cancellation_id: "cncl_twice" }];
      const patch = { cancel_amount: 40_000, cancel_history: twice };
      await shop.fault("record_patched", "*", { merchant_uid: merchantUid, count: 99, patch });
      await passTime(shop, 2, minuteMs);
    },
  },
  "a refund that PortOne does not answer for over an hour": {
    makes: ["operation_unknown_s"],
    atLeast: 3_601,
    tell: async () => {
      await refundUnanswered("ord-unknown");
      await shop.fault("server_error_then_ok", "*", { merchant_uid: "ord-unknown", count: 99 });
      await passTime(shop, 1, hourMs + minuteMs);
    },
  },
  "a sweep that PortOne refuses at once, with more behind": {
    makes: ["sweep_lag_s"],
    atLeast: 301,
    tell: async () => {
      for (const at of [1, 2, 3, 4]) await payUnnoticed(`ord-behind-${at}`);
      await shop.fault("rate_limited", "GET /payments/findAll/{merchant_uid}", { count: 99 });
      await passTime(shop, 1, 30 * minuteMs);
    },
  },
  "a sweep whose question PortOne refuses": {
    makes: ["sweep_errors", "portone_calls", "portone_failures"],
    tell: async () => {
      await payUnnoticed("ord-refused");
      await shop.fault("rate_limited", "*", { count: 99 });
      await passTime(shop, 1, 5 * minuteMs);
    },
  },
  "a payment whose notice never came": {
    makes: ["paid", "paid_by_sweep"],
    tell: async () => {
      await payUnnoticed("ord-unnoticed");
      await passTime(shop, 1, 5 * minuteMs);
    },
  },
  "a night that finds what nobody was told": {
    makes: ["audit_differences"],
    tell: async () => {
      await payUnnoticed("ord-audited");
      await audit(await lastHour());
    },
  },
  "a night whose rows cannot be read": {
    makes: ["audit_unfinished"],
    tell: async () => {
      await shop.pay(await shop.createOrder("ord-unreadable"));
      await shop.notices("ord-unreadable", 1);
      const patch = { imp_uid: null };
      await shop.fault("record_patched", "*", { merchant_uid: "ord-unreadable", count: 99, patch });
      await audit(await lastHour());
    },
  },
  "a confirm that cannot read its order": {
    makes: ["confirm_undecided"],
    tell: async () => {
      const requestPay = await shop.createOrder("ord-undecided");
      await shop.local("POST", "/faults", { name: "dynamodb_down", function: "confirm", count: 99 });
      await shop.pay(requestPay);
    },
  },
};

describe.each(Object.entries(stories))("%s", (_, { makes, tell, atLeast = 1 }) => {
  it(`makes the lines of ${makes.join(", ")}`, { timeout: 60_000 }, async () => {
    const before = stack.logLines().length;
    await tell();
    const made = metricsInLines(stack.logLines().slice(before));
    for (const name of makes) {
      const lines = made.filter((metric) => metric.name === name);
      expect(Math.max(...lines.map(({ value }) => value)), name).toBeGreaterThanOrEqual(atLeast);
      const watching = readAlarms().filter(({ looksAt }) => looksAt.some((metric) => metric.name === name));
      expect(watching, `no alarm looks at ${name}`).not.toEqual([]);
      for (const { looksAt } of watching)
        for (const { value: _value, ...key } of lines) expect(looksAt).toContainEqual(key);
    }
  });
});

it("every metric of our own that an alarm looks at has a story, and every line's metric an alarm", () => {
  const told = Object.values(stories).flatMap(({ makes }) => makes);
  const watched = readAlarms()
    .flatMap(({ looksAt }) => looksAt)
    .filter(({ namespace }) => namespace === metricNamespace)
    .map(({ name }) => name);
  expect([...new Set(watched)].toSorted()).toEqual(told.toSorted());
  const written = new Set(metricsInLines(stack.logLines()).map(({ name }) => name));
  expect([...written].filter((name) => !watched.includes(name))).toEqual([]);
});

it("payments are counted once each, whoever found them", async () => {
  const before = stack.logLines().length;
  await shop.pay(await shop.createOrder("ord-counted"));
  await shop.notices("ord-counted", 1);
  await shop.sync("ord-counted");
  const paid = metricsInLines(stack.logLines().slice(before)).filter(({ name }) => /^paid/.test(name));
  expect(paid.map(({ name, value }) => `${name} ${value}`)).toEqual(["paid 1", "paid_by_sweep 0"]);
  expect(await payments(shop, "ord-counted")).toHaveLength(1);
});
