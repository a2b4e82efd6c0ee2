// What a browser says when its window has closed, and what a redirected one brings along.
import * as z from "zod/mini";
import { impUid, merchantUid } from "../fields.ts";

export const completeBody = z.object({
  imp_uid: z.nullish(z.union([z.literal(""), impUid])),
  merchant_uid: merchantUid,
  token: z.nullish(z.string()),
});

export const redirectQuery = z.object({ imp_uid: z.nullish(impUid), merchant_uid: merchantUid });
