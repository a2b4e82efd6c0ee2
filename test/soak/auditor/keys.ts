// A key moves money at most once, and never after it was refused. Which cancel is which key's is told by the
// tag at the front of its reason; tag and refund id are derived here anew, from the contract's words.
import { createHash } from "node:crypto";
import {
  type AuditPlan,
  type Case,
  type Finding,
  isRefund,
  type PlainItem,
  type ProviderState,
} from "./facts.ts";

const tagLength = 9;
const base32 = "abcdefghijklmnopqrstuvwxyz234567";
const tagInReason = /^#[a-z2-7]{9}/;

const sha256 = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();

/** `rf_` + base64url of the first 16 bytes of SHA-256(merchant_uid + "\n" + key). */
export const refundIdOf = (merchantUid: string, key: string): string =>
  `rf_${sha256(`${merchantUid}\n${key}`).subarray(0, 16).toString("base64url")}`;

/** `#` + the first 9 characters of lower-case base32 of SHA-256(refund_id). */
export function tagOf(refundId: string): string {
  const bits = [...sha256(refundId)].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const character = (n: number) => base32[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)] ?? "";
  return `#${Array.from({ length: tagLength }, (_, n) => character(n)).join("")}`;
}

export function checkKeys({ plan, taken, refunds }: Case): readonly Finding[] {
  const { merchantUid } = plan;
  const entriesOf = (tag: string) =>
    taken.flatMap((payment) => payment.cancel_history).filter(({ reason }) => reason.startsWith(tag));
  const answered = plan.keys.flatMap(({ key, answer }): readonly Finding[] => {
    const entries = entriesOf(tagOf(refundIdOf(merchantUid, key)));
    const amounts = entries.map(({ amount }) => amount);
    switch (answer.outcome) {
      case "refused":
        return entries.length === 0
          ? []
          : [{ kind: "refused_key_moved", merchantUid, what: `${key} was refused and moved ${amounts}` }];
      case "open":
        return [{ kind: "unresolved", merchantUid, what: `${key} never got an answer that stays` }];
      case "succeeded":
        return amounts[0] === answer.amount
          ? []
          : [
              {
                kind: "key_not_carried_out",
                merchantUid,
                what: `${key} should have moved ${answer.amount}, moved ${amounts[0] ?? "nothing"}`,
              },
            ];
    }
  });
  // What the table remembers as refused must not have happened either, whoever asked for it.
  const kept = refunds
    .filter((refund) => refund["state"] === "refused" && entriesOf(String(refund["tag"])).length > 0)
    .map(
      (refund): Finding => ({
        kind: "refused_key_moved",
        merchantUid,
        what: `${String(refund["refund_id"])} is kept as refused and moved money`,
      }),
    );
  return [...answered, ...kept.filter(({ what }) => !answered.some((finding) => finding.what === what))];
}

/** Each tag once, over all payments, and each one known. */
export function checkTags(
  { payments }: ProviderState,
  plan: AuditPlan,
  items: readonly PlainItem[],
): readonly Finding[] {
  const asked = plan.orders.flatMap(({ merchantUid, keys }) =>
    keys.map(({ key }) => tagOf(refundIdOf(merchantUid, key))),
  );
  const known = new Set([...asked, ...items.filter(isRefund).map((item) => String(item["tag"]))]);
  const tagged = payments.flatMap(({ merchant_uid, cancel_history }) =>
    cancel_history.flatMap(({ reason }) => {
      const [tag] = tagInReason.exec(reason) ?? [];
      return tag === undefined ? [] : [{ merchantUid: merchant_uid, tag }];
    }),
  );
  return [...Map.groupBy(tagged, ({ tag }) => tag)].flatMap(([tag, entries]): readonly Finding[] => {
    const merchantUid = entries[0]?.merchantUid ?? "";
    return [
      ...(entries.length > 1
        ? [{ kind: "double_cancel" as const, merchantUid, what: `${tag} moved money ${entries.length} times` }]
        : []),
      ...(known.has(tag)
        ? []
        : [{ kind: "unknown_tag" as const, merchantUid, what: `${tag} belongs to no refund` }]),
    ];
  });
}
