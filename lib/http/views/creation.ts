// The answer to POST /orders: the order, what the page hands to the window, and the order's token.
import type { RequestPay } from "../../domain/ksnet/request-pay.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import type { Order } from "../../domain/order.ts";
import type { NumberTaken } from "../../domain/taken-number.ts";
import type { Answer } from "../answer.ts";
import { invalidField } from "../fields.ts";
import { problemAnswer } from "../problem.ts";
import { refuse } from "../refusal.ts";
import { viewOrder } from "./order.ts";

type Creation =
  | { readonly outcome: "created" | "repeated"; readonly order: Order; readonly requestPay: RequestPay }
  | { readonly outcome: "refused"; readonly broken: readonly BrokenRule[] }
  | NumberTaken
  | { readonly outcome: "expires_in_the_past" };

/** The parts that are the deployment's. */
interface Page {
  readonly sdk: object;
  readonly tokenOf: (merchantUid: string) => string;
}

export function answerCreation(result: Creation, requestId: string, { sdk, tokenOf }: Page): Answer {
  switch (result.outcome) {
    case "refused":
      return problemAnswer("request_pay_refused", requestId, { errors: result.broken });
    case "expires_in_the_past": {
      const errors = [invalidField("/expires_at", "지금 이후 7일 이내의 시각이어야 합니다.")];
      return problemAnswer("invalid_field", requestId, { errors });
    }
    case "exists":
      return refuse(result, requestId);
    case "created":
    case "repeated": {
      const { order, requestPay, outcome } = result;
      const token = tokenOf(order.merchantUid);
      const body = { order: viewOrder(order), request_pay: requestPay, sdk, token };
      return { status: outcome === "created" ? 201 : 200, body, outcome };
    }
  }
}
