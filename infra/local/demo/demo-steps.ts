// The steps of one payment, in order: each a request through a public door or one of the simulator's levers,
// what was seen of it, and what must be seen. A step hands on to the next ones through the story.
import { setTimeout as sleep } from "node:timers/promises";
import type { Ready } from "../processes/local-run.ts";
import type { WordKey } from "../words/english.ts";
import {
  abridge,
  exchange,
  type Json,
  printExchange,
  type Reply,
  send,
  type Teller,
} from "./demo-timeline.ts";

export interface Story extends Teller {
  readonly run: Ready;
  readonly merchantUid: string;
  requestPay: Json;
  window: string;
  impUid: string;
  redirect: string;
}

export type Title = Extract<WordKey, `step_${string}`>;

export interface Step {
  readonly title: Title;
  readonly expected: string;
  /** Does it and returns what was seen, in the words of `expected`. */
  readonly play: (story: Story) => Promise<string>;
}

export const demoOrder = (merchantUid: string): Json => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  tax_free: 3_000,
  pay_method: "card",
  buyer_name: "홍길동",
});

const createOrder: Step = {
  title: "step_create",
  expected: "201 created",
  play: async (story) => {
    const { status, body } = await merchant(story, "POST", "/orders", demoOrder(story.merchantUid), [
      "order.merchant_uid",
      "order.state",
      "order.amount",
      "order.remaining",
      "request_pay.pay_method",
      "request_pay.amount",
      "request_pay.confirm_url",
      "request_pay.notice_url",
    ]);
    story.requestPay = asJson(body["request_pay"]);
    return `${status} ${asJson(body["order"])["state"]}`;
  },
};

const openWindow: Step = {
  title: "step_window",
  expected: "200 opened",
  play: async (story) => {
    const { status, body } = await exchange(story, {
      from: "buyer",
      method: "POST",
      base: story.run.simulator,
      path: "/_control/window",
      body: { request_pay: story.requestPay, device: "mobile" },
      showSent: ["request_pay.merchant_uid", "request_pay.name", "request_pay.amount", "device"],
    });
    story.window = String(body["window"]);
    story.impUid = String(body["imp_uid"]);
    return `${status} ${body["refused"] === null ? "opened" : "refused"}`;
  },
};

const approve: Step = {
  title: "step_approve",
  expected: "confirm 200, payment paid",
  play: async (story) => {
    const { body } = await exchange(story, {
      from: "buyer",
      method: "POST",
      base: story.run.simulator,
      path: `/_control/window/${story.window}/approve`,
      body: {},
      show: [
        ...["imp_uid", "status", "amount", "pg_provider", "card_name", "apply_num"].map(
          (field) => `payment.${field}`,
        ),
        "confirm",
        "redirect",
      ],
    });
    story.redirect = String(body["redirect"]);
    const confirm = await delivery(story, "confirm");
    return `confirm ${confirm ?? story.say("never_sent")}, payment ${asJson(body["payment"])["status"]}`;
  },
};

const notice: Step = {
  title: "step_notice",
  expected: "notice 200",
  play: async (story) => `notice ${(await delivery(story, "notice")) ?? story.say("never_sent")}`,
};

const readPaid: Step = {
  title: "step_paid",
  expected: "200 paid",
  play: async (story) => {
    const { status, body } = await merchant(story, "GET", orderPath(story), undefined, [
      "merchant_uid",
      "state",
      "imp_uid",
      "amount",
      "remaining",
      "paid_at",
    ]);
    return `${status} ${body["state"]}`;
  },
};

const comeBackOnPc: Step = {
  title: "step_back_pc",
  expected: "200 paid",
  play: async (story) => {
    const { impUid, merchantUid } = story;
    const { status, body } = await exchange(story, {
      from: "buyer",
      method: "POST",
      base: story.run.gateway,
      path: "/payments/complete",
      body: { imp_uid: impUid, merchant_uid: merchantUid },
    });
    return `${status} ${body["state"]}`;
  },
};

const comeBackOnPhone: Step = {
  title: "step_back_phone",
  expected: "303 paid",
  play: async (story) => {
    const { pathname, search } = new URL(story.redirect);
    const reply = await exchange(story, {
      from: "buyer",
      method: "GET",
      base: story.run.gateway,
      path: `${pathname}${search}`,
    });
    return `${reply.status} ${reply.location && new URL(reply.location).searchParams.get("state")}`;
  },
};

export const paymentSteps: readonly Step[] = [
  createOrder,
  openWindow,
  approve,
  notice,
  readPaid,
  comeBackOnPc,
  comeBackOnPhone,
];

export const merchant = (
  story: Story,
  method: string,
  path: string,
  body: Json | undefined,
  show: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> =>
  exchange(story, {
    from: "shop",
    method,
    base: story.run.gateway,
    path,
    key: story.run.merchantKey,
    show,
    headers,
    ...(body && { body }),
  });

export const orderPath = ({ merchantUid }: Story): string => `/orders/${merchantUid}`;

export const asJson = (value: unknown): Json =>
  typeof value === "object" && value !== null ? { ...value } : {};

const mostLooks = 400;
const lookEveryMs = 25;

/** Waits for PortOne's call to the shop, prints it, and returns the shop's status; null when none came. */
async function delivery(story: Story, kind: "confirm" | "notice"): Promise<unknown> {
  const { simulator } = story.run;
  for (let look = 0; look < mostLooks; look += 1) {
    const { body } = await send({ method: "GET", base: simulator, path: "/_control/deliveries" });
    const all = Array.isArray(body["deliveries"]) ? body["deliveries"].map(asJson) : [];
    const answered = all.find(
      (one) => one["kind"] === kind && one["imp_uid"] === story.impUid && one["status"] !== null,
    );
    if (answered) {
      const { url, body: sent, status, ms } = answered;
      const text = typeof sent === "string" ? sent : abridge(sent);
      printExchange(story, "portone", {
        sent: `POST ${new URL(String(url)).pathname} ${text}`,
        answered: story.say("answered_after", { status: String(status), ms: String(ms) }),
      });
      return status;
    }
    // A notice travels beside the browser; nothing tells when it arrives but looking.
    await sleep(lookEveryMs);
  }
  return null;
}
