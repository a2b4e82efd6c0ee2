// What an answer to a call that changes something means: done, refused, or not known.
import type { CallResult } from "../ports/portone.ts";
import type { Unwrapped } from "./envelope.ts";

export function toCallResult<Value>(
  answer: Unwrapped,
  read: (response: unknown) => Value | null,
  { isServerErrorFinal }: { readonly isServerErrorFinal: boolean },
): CallResult<Value> {
  switch (answer.outcome) {
    case "success": {
      const value = read(answer.response);
      // PortOne said yes, but not to what: only a later look can tell.
      return value === null ? { outcome: "unknown", why: "unreadable record" } : { outcome: "done", value };
    }
    case "refused":
      return answer.status < 500 || isServerErrorFinal
        ? { outcome: "refused", message: answer.message }
        : { outcome: "unknown", why: `http ${answer.status}` };
    case "not_found":
      return { outcome: "refused", message: null };
    case "unauthorized":
      // The login just worked, so this is PortOne's trouble and not this call's refusal: what is kept for ever
      // under a key must not come from it.
      return { outcome: "unknown", why: "unauthorized" };
    default:
      return { outcome: "unknown", why: answer.why };
  }
}
