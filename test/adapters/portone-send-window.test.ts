// When a change leaves, at the latest, and how long it may take with everything around it: the figures of three places,
// added up.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quietMs } from "../../lib/domain/operation.ts";
import { attempts, requestLimitMs } from "../../lib/dynamodb/table-client.ts";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { callLimitMs, changeLimitMs, sendWithinMs } from "../../lib/portone/policy.ts";
import {
  changeNeedsMs,
  hasTimeToFinish,
  hasTimeToSend,
  recordNeedsMs,
  tableNeedsMs,
} from "../../lib/usecases/claim.ts";
import { loginKeys } from "../support/login-keys.ts";
import { won } from "../support/orders.ts";
import { call } from "../support/syncing-ports.ts";
import {
  json,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
  wirePayment,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
let nowMs = Date.parse("2026-08-05T12:25:00+09:00");
beforeEach(async () => {
  portone = await startScriptedPortOne();
});
afterEach(() => portone.close());

const cancels = () =>
  createCancels(new AuthorizedCaller({ url: portone.url, keys: loginKeys }, { nowMs: () => nowMs }));
const request = {
  impUid: "imp_730112845061",
  amount: won(20_000),
  taxFree: won(0),
  checksum: won(109_000),
  currency: "KRW",
  reason: "#k7q2m5xwa 단순 변심",
  requester: null,
  account: null,
} as const;
const refusedToken = json(401, { code: -1, message: "Unauthorized", response: null });

describe("a change", () => {
  it("whose token is refused at once leaves again", async () => {
    portone.turns = [refusedToken, success(wirePayment())];
    expect(await cancels().cancel(request)).toMatchObject({ outcome: "done" });
    expect(portone.requests).toHaveLength(2);
  });

  it("whose token is refused after the send window does not leave a second time, and is not known", async () => {
    portone.turns = [
      (...turn) => {
        nowMs += sendWithinMs + 1;
        return refusedToken(...turn);
      },
      success(wirePayment()),
    ];
    expect(await cancels().cancel(request)).toMatchObject({ outcome: "unknown" });
    expect(portone.requests).toHaveLength(1);
  });
});

describe("the figures add up", () => {
  it("each is what the place it is about allows", () => {
    expect([changeNeedsMs, recordNeedsMs]).toEqual([changeLimitMs, callLimitMs]);
    expect(tableNeedsMs).toBeGreaterThanOrEqual(attempts * requestLimitMs);
  });

  it("a claim, its send with a refused token's repeat, a refusal's record and what is written of it fit into what is asked for", () => {
    const afterClaimMs = changeLimitMs + callLimitMs + 2 * attempts * requestLimitMs;
    expect(hasTimeToFinish({ ...call, timeLeftMs: () => afterClaimMs - 1 })).toBe(false);
    const wholeMs = afterClaimMs + 2 * attempts * requestLimitMs;
    expect(hasTimeToSend({ ...call, timeLeftMs: () => wholeMs - 1 })).toBe(false);
  });

  it("nobody concludes from an absence while a change may still leave and take its time", () => {
    expect(sendWithinMs + changeLimitMs).toBeLessThan(quietMs);
  });
});
