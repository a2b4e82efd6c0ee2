// The buyer's way back to the shop after a redirect flow: always to the configured page, with nothing in
// the address that a stranger could have written freely.
import type { Answer } from "./answer.ts";
import { byOrigin } from "./cors.ts";

/** PortOne's error codes are short words; `error_msg` is free text and never passed on. */
const errorCodeForm = /^[A-Za-z0-9_.-]{1,40}$/;

export function answerRedirect(
  resultUrl: string,
  merchantUid: string,
  state: string,
  errorCode: string | undefined,
): Answer {
  const location = new URL(resultUrl);
  location.searchParams.set("merchant_uid", merchantUid);
  location.searchParams.set("state", state);
  if (errorCode !== undefined && errorCodeForm.test(errorCode))
    location.searchParams.set("error_code", errorCode);
  return { status: 303, headers: { location: location.href, ...byOrigin } };
}
