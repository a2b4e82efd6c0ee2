// A function with wrong settings answers nobody, and tells all that is wrong to whoever deployed it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { orderBody, send } from "../support/shop.ts";

describe("a built function with wrong settings", () => {
  let stack: LocalStack;
  beforeAll(async () => {
    const wrong = { PAY_SANDBOX: "yes", PAY_SANBOX: "x", PAY_PORTONE_SECRET: "" };
    stack = await startStack({ environment: wrong });
  });
  afterAll(() => stack?.close());

  it.each([
    ["POST", "/orders", orderBody("ord-1")],
    ["POST", "/portone/confirm", { imp_uid: "imp_1", merchant_uid: "ord-1", amount: 1 }],
    ["POST", "/portone/notice", { imp_uid: "imp_1", merchant_uid: "ord-1", status: "paid" }],
    ["POST", "/payments/complete", { imp_uid: null, merchant_uid: "ord-1" }],
  ])("%s %s answers nobody", async (method, path, body) => {
    const { status, text } = await send(`${stack.gatewayUrl}${path}`, method, body);
    expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it("says all of it to who deployed it", async () => {
    const path = "/2015-03-31/functions/orders/invocations";
    const { headers, json } = await send(`${stack.gatewayUrl}${path}`, "POST", {});
    expect(headers.get("x-amz-function-error")).toBe("Unhandled");
    expect(json["errorType"]).toBe("ConfigError");
    const message = String(json["errorMessage"]);
    for (const name of ["PAY_SANDBOX", "PAY_SANBOX", "PAY_PORTONE_SECRET"]) expect(message).toContain(name);
    expect(stack.logLines().join("\n")).toContain("PAY_PORTONE_SECRET");
  });
});
