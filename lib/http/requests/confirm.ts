// What PortOne asks just before it takes the money.
import * as z from "zod/mini";
import { amount, impUid, merchantUid } from "../fields.ts";

export const confirmBody = z.object({ imp_uid: impUid, merchant_uid: merchantUid, amount });
