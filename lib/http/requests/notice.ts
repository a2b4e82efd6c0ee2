// What PortOne tells when a payment changed.
import * as z from "zod/mini";
import { impUid } from "../fields.ts";

/** An account has one console URL, so that other shops' notices come here as well, under numbers of their own form. */
export const noticeBody = z.object({
  imp_uid: impUid,
  merchant_uid: z.string().check(z.minLength(1)),
  status: z.nullish(z.string()),
  cancellation_id: z.nullish(z.string()),
});
