// Whether the shop wants a cash receipt in the end, told from what it asked and was answered. Pure.
import type { Answer } from "./world.ts";

/** `unknown`: asked for, and nobody ever said what came of it. */
export type Wish = "wanted" | "unwanted" | "unknown";

const orderPath = /^\/orders\/([^/]+)\/receipt$/;
const salePath = /^\/receipts\/external\/([^/]+)$/;

/** By order number; nobody asked for any other. */
export const wishesOfOrders = (answers: readonly Answer[]) => wishesOf(answers, orderPath);
/** By the shop's own number of a sale outside PortOne. */
export const wishesOfSales = (answers: readonly Answer[]) => wishesOf(answers, salePath);

function wishesOf(answers: readonly Answer[], path: RegExp): ReadonlyMap<string, Wish> {
  const wishes = new Map<string, Wish>();
  for (const answer of answers) {
    const [, number] = path.exec(answer.path) ?? [];
    if (number === undefined || answer.method === "GET") continue;
    wishes.set(number, wishAfter(answer) ?? wishes.get(number) ?? "unknown");
  }
  return wishes;
}

/** Null where the answer decides nothing. */
function wishAfter({ method, status, json }: Answer): Wish | null {
  const isYes = status === 200 || status === 201 || status === 202;
  if (method === "DELETE") return isYes || json["code"] === "receipt_not_found" ? "unwanted" : null;
  if (isYes || json["code"] === "receipt_exists") return "wanted";
  return json["code"] === "provider_refused" ? "unwanted" : null;
}

/** The last call about each receipt that nobody can say was begun, or that has to wait for another, by its path. */
export function callsWithoutWord(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  const changing = answers.filter(
    ({ method, path }) => method !== "GET" && (orderPath.test(path) || salePath.test(path)),
  );
  const last = new Map(changing.map((answer) => [answer.path, answer]));
  return new Map([...last].filter(([, answer]) => hasNoWord(answer)));
}

const hasNoWord = ({ status, json }: Answer): boolean =>
  status === 0 || status >= 500 || json["code"] === "operation_in_flight";
