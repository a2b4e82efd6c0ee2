// What an operator decides.
import * as z from "zod/mini";
import { operatorActions } from "../../domain/operator.ts";
import type { Fields } from "../body.ts";
import { merchantUid, parseFields, text } from "../fields.ts";

const decision = z.strictObject({
  merchant_uid: merchantUid,
  action: z.enum(operatorActions, `${operatorActions.join(", ")} 중 하나여야 합니다.`),
  note: z._default(text(200), ""),
});

/** Throws invalid_field. */
export function parseDecision(fields: Fields) {
  const { merchant_uid, action, note } = parseFields(decision, fields);
  return { merchantUid: merchant_uid, action, note };
}

/** Throws invalid_field for anything but `{"lifted":true}`. */
export function parseLift(fields: Fields): void {
  parseFields(z.strictObject({ lifted: z.literal(true, "true여야 합니다.") }), fields);
}
