// Holds what the shop was told of each refund against what happened at PortOne: one last word for one key, by whichever
// door, and what it says is so. Imports nothing of the product; the names of a refund are made as the contract says. Pure.
import { createHash } from "node:crypto";
import { type Finding, found } from "./findings.ts";
import { type Answer, type Payment, tagOf } from "./world.ts";

export const refundIdOf = (merchantUid: string, key: string): string =>
  `rf_${createHash("sha256").update(`${merchantUid}\n${key}`).digest().subarray(0, 16).toString("base64url")}`;

const base32 = "abcdefghijklmnopqrstuvwxyz234567";

function tagOfRefund(refundId: string): string {
  const bits = [...createHash("sha256").update(refundId).digest().subarray(0, 6)]
    .map((byte) => byte.toString(2).padStart(8, "0"))
    .join("");
  return `#${Array.from({ length: 9 }, (_, index) => base32[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)]).join("")}`;
}

export const tagOfKey = (merchantUid: string, key: string): string =>
  tagOfRefund(refundIdOf(merchantUid, key));

interface Told extends Answer {
  readonly merchantUid: string;
  readonly refundId: string;
}

/** Asked for under a key, or taken back by its id. */
function aboutRefund(answer: Answer): readonly Told[] {
  const [, merchantUid = "", refundId = ""] =
    /^\/orders\/([^/]+)\/refunds(?:\/([^/]+))?$/.exec(answer.path) ?? [];
  if (answer.method === "POST" && answer.key !== null && refundId === "" && merchantUid !== "")
    return [{ ...answer, merchantUid, refundId: refundIdOf(merchantUid, answer.key) }];
  return answer.method === "DELETE" && refundId !== "" ? [{ ...answer, merchantUid, refundId }] : [];
}

/** The tax-free parts that the shop named, by the tags of their keys. */
export const taxesNamed = (answers: readonly Answer[]): ReadonlyMap<string, number> =>
  new Map(
    answers
      .flatMap(aboutRefund)
      .filter(({ sent }) => sent["tax_free"] !== undefined)
      .map(({ refundId, sent }) => [tagOfRefund(refundId), Number(sent["tax_free"])] as const),
  );

export const auditRefundsTold = (
  answers: readonly Answer[],
  payments: readonly Payment[],
): readonly Finding[] =>
  [
    ...Map.groupBy(answers.flatMap(aboutRefund), ({ merchantUid, refundId }) => `${merchantUid} ${refundId}`),
  ].flatMap(([, told]) => auditRefundTold(told, payments));

const isWithdrawn = ({ status, json }: Answer): boolean => status === 200 && json["state"] === "withdrawn";
const isYes = (answer: Answer): boolean => answer.status === 200 && !isWithdrawn(answer);
/** Nothing was begun, so that the same may be asked again. */
const isRefusal = ({ status }: Answer): boolean => (status >= 400 && status < 500) || status === 503;
/** A no to a refund that was claimed names it, and stays; every other was said before anything was. */
const isLastNo = (answer: Told): boolean =>
  isWithdrawn(answer) ||
  (answer.status >= 400 && answer.status < 500 && answer.json["operation"] === answer.refundId);

function auditRefundTold(told: readonly Told[], payments: readonly Payment[]): readonly Finding[] {
  const [first] = told;
  if (!first) return [];
  const { merchantUid, refundId } = first;
  const key = told.find((answer) => answer.key !== null)?.key ?? refundId;
  const wrong = (detail: string) => [found("told_wrong", merchantUid, `${key}: ${detail}`)];
  const tag = tagOfRefund(refundId);
  const entries = payments
    .filter((payment) => payment.merchant_uid === merchantUid)
    .flatMap(({ cancel_history }) => cancel_history);
  const moved = entries.filter((entry) => tagOf(entry) === tag);
  const yes = told.filter(isYes);
  const lastNo = told.filter(isLastNo);
  const last = new Set([...yes, ...lastNo].map(({ status, json }) => `${status} ${JSON.stringify(json)}`));
  const latest = told.findLast(({ method }) => method === "POST");
  return [
    ...(last.size > 1 ? wrong(`two last words: ${[...last].join(" and ")}`) : []),
    ...yes.slice(0, 1).flatMap(({ json }) => {
      const entry = entries.find(({ cancellation_id: id }) => id === json["cancellation_id"]);
      // PortOne may have dropped the text that names it.
      if (!entry || (tagOf(entry) ?? tag) !== tag) return wrong("told that money went back, and none did");
      return entry.amount === json["amount"]
        ? []
        : wrong(`told ${json["amount"]}, and ${entry.amount} went back`);
    }),
    ...(lastNo.length > 0 && moved.length > 0 ? wrong("told a last no, and money went back") : []),
    ...(told.every((answer) => isRefusal(answer) && !isLastNo(answer)) && moved.length > 0
      ? wrong("told nothing but no, and money went back")
      : []),
    ...(last.size === 0 && latest && !isRefusal(latest) ? wrong("was never told what became of it") : []),
  ];
}
