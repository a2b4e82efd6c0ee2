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
  const refused = new Set<string>();
  for (const answer of answers) {
    const [, number] = path.exec(answer.path) ?? [];
    if (number === undefined || answer.method === "GET") continue;
    wishes.set(number, wishAfter(answer, refused.has(number)) ?? wishes.get(number) ?? "unknown");
    if (answer.json["code"] === "provider_refused") refused.add(number);
    else if (answer.method === "DELETE" || answer.status !== 202) refused.delete(number);
  }
  return wishes;
}

/** Null where the answer decides nothing. Of two at once one may hear the no that the other still waits for. */
function wishAfter({ method, status, json }: Answer, isRefused: boolean): Wish | null {
  if (method === "POST" && status === 202 && isRefused) return "unknown";
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
