// Until when KSNET gives anything of a payment back.
import { afterKstMonthsMs } from "../kst.ts";

const refundMonths = 6;

/** From then on nothing goes back (R-KS-5). Assumption: the KST day six months later is the last one. */
export const refundsEndAtMs = (paidAtMs: number): number => afterKstMonthsMs(paidAtMs, refundMonths);
