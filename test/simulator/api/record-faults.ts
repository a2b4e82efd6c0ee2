// Faults that change the payment records inside an answer and nothing else.
import type { Answer } from "./endpoint.ts";

type Wire = Readonly<Record<string, unknown>>;

/** The answer with every payment in it (one, a list, a page) replaced. */
export function mapPayments(answer: Answer, change: (payment: Wire) => Wire): Answer {
  const { body } = answer;
  return { ...answer, body: { ...body, response: mapResponse(body.response, change) } };
}

function mapResponse(response: unknown, change: (payment: Wire) => Wire): unknown {
  if (Array.isArray(response)) return response.map((one: unknown) => mapResponse(one, change));
  if (typeof response !== "object" || response === null) return response;
  const object = response as Wire;
  if ("list" in object) return { ...object, list: mapResponse(object["list"], change) };
  return "cancel_history" in object ? change(object) : object;
}

export const withUnknownStatus = (payment: Wire): Wire => ({ ...payment, status: "pending" });

export function withoutReasons(payment: Wire): Wire {
  const history = payment["cancel_history"] as readonly Wire[];
  return { ...payment, cancel_history: history.map((cancel) => ({ ...cancel, reason: "" })) };
}
