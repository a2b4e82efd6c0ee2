// What an operator decides.
import * as z from "zod/mini";
import { operatorActions } from "../../domain/operator.ts";
import type { Fields } from "../body.ts";
import { impUid, invalidField, merchantUid, parseFields, text } from "../fields.ts";
import { malformed } from "../problem-error.ts";
import { accountFields, asAccount } from "./refund.ts";

export const decisionBody = z.strictObject({
  merchant_uid: merchantUid,
  action: z.enum(operatorActions, `${operatorActions.join(", ")} 중 하나여야 합니다.`),
  imp_uid: z.optional(impUid),
  note: z._default(text(200), ""),
  ...accountFields,
});

/** Throws invalid_field. */
export function parseDecision(fields: Fields) {
  const { merchant_uid, action, imp_uid, note, ...named } = parseFields(decisionBody, fields);
  const decided = { merchantUid: merchant_uid, note };
  const account = asAccount(named);
  if (account !== null && action !== "give_back") {
    const pointers = Object.keys(named).map((name) => `/${name}`);
    throw malformed(pointers.map((pointer) => invalidField(pointer, "give_back에만 쓰는 항목입니다.")));
  }
  if (action !== "accept") {
    if (imp_uid !== undefined) throw malformed([invalidField("/imp_uid", "accept에만 쓰는 항목입니다.")]);
    return action === "give_back" ? { ...decided, action, account } : { ...decided, action };
  }
  if (imp_uid === undefined) throw malformed([invalidField("/imp_uid", "필수 항목입니다.")]);
  return { ...decided, action, impUid: imp_uid };
}

export const liftBody = z.strictObject({ lifted: z.literal(true, "true여야 합니다.") });

/** Throws invalid_field for anything but `{"lifted":true}`. */
export function parseLift(fields: Fields): void {
  parseFields(liftBody, fields);
}
