// Calls that change something at PortOne, and what their answers mean: done, refused, or not known. None is ever
// repeated in here.
import type { CallResult } from "../ports/portone.ts";
import type { AuthorizedCall, AuthorizedCaller } from "./authorized-caller.ts";
import type { Unwrapped } from "./envelope.ts";
import { callLimitMs, changeLimitMs, sendWithinMs } from "./policy.ts";

type Changing = Pick<AuthorizedCall, "method" | "path" | "body">;
type Read<Value> = (response: unknown) => Value | null;

/**
 * The one way a change leaves. Its window is measured at the send, and its connection is its own, because a kept-alive
 * socket that froze with its Lambda makes false unknowns.
 */
export const sendChange = (caller: AuthorizedCaller, call: Changing, limitMs: number): Promise<Unwrapped> =>
  caller.call({ ...call, limitMs, sendWithinMs, onFreshConnection: true });

/** A call KSNET works on: it is given its time. */
export const change = async <Value>(
  caller: AuthorizedCaller,
  call: Changing,
  read: Read<Value>,
): Promise<CallResult<Value>> => toCallResult(await sendChange(caller, call, changeLimitMs), read);

/** A call that PortOne answers by itself. */
export const changeQuickly = async <Value>(
  caller: AuthorizedCaller,
  call: Changing,
  read: Read<Value>,
): Promise<CallResult<Value>> => toCallResult(await sendChange(caller, call, callLimitMs), read);

/**
 * `isServerErrorFinal`: PortOne documents a server error of its own as "could not be done" (receipts); elsewhere
 * only 200 and 401 are documented, so a 5xx is not the provider's word that nothing happened.
 */
export function toCallResult<Value>(
  answer: Unwrapped,
  read: Read<Value>,
  { isServerErrorFinal = false }: { readonly isServerErrorFinal?: boolean } = {},
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
    case "broken":
    case "no_answer":
      return { outcome: "unknown", why: answer.why };
  }
}

/** Nothing is sent for a value nobody gave: null means other things to PortOne than absence. */
export const withoutNull = (fields: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
