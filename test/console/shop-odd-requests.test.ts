// Requests that no form of the sample shop makes, and answers that hardly ever come.
import { describe, expect, it } from "vitest";
import { buyerOf } from "../../infra/console/shop/session.ts";
import { firstSession, order, shopSaying } from "../support/scripted-shop.ts";
import { errorsOn, headingOf, hiddenFields } from "../support/visitor.ts";

const taken = {
  status: 409,
  body: { code: "order_exists", title: "Order exists", detail: "이미 있는 주문번호입니다." },
};

describe("a field that is given twice", () => {
  it("counts as not given", async () => {
    const { visitor, sent } = await shopSaying("lost");
    const form = new URLSearchParams(await visitor.fill("sneakers"));
    form.append("name", "김철수");
    const { status, html } = await visitor.post("/orders", form.toString());
    expect([status, errorsOn(html)]).toEqual([422, ["받는 분의 이름을 입력해 주세요."]]);
    expect(sent).toEqual([]);
  });
});

describe("a number that is taken", () => {
  it("by somebody else's order leaves that alone and gives way to a new one", async () => {
    const { visitor, sent } = await shopSaying(taken, {
      status: 200,
      body: { ...order, custom_data: { buyer: "another" } },
    });
    const { status, html, number } = await visitor.order("sneakers");
    expect(status).toBe(409);
    expect(hiddenFields(html)["order"]).not.toBe(number);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /orders",
      `GET /orders/${number}`,
    ]);
  });

  it.each(["awaiting_deposit", "approved", "paid"] as const)(
    "by the buyer's own order that is %s leads to its result, and is not taken back",
    async (state) => {
      const own = { ...order, state, custom_data: { buyer: buyerOf(firstSession) } };
      const { visitor, sent } = await shopSaying(taken, { status: 200, body: own });
      const { location, number } = await visitor.order("sneakers");
      expect(location).toBe(`/result?merchant_uid=${number}`);
      expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
        "POST /orders",
        `GET /orders/${number}`,
      ]);
    },
  );

  it("by an order that cannot be read leads to its result, and no second order is made", async () => {
    const { visitor, sent } = await shopSaying(taken, { status: 404, body: { code: "order_not_found" } });
    const { location, number } = await visitor.order("sneakers");
    expect(location).toBe(`/result?merchant_uid=${number}`);
    expect(sent).toHaveLength(2);
  });
});

describe("an address that there is not", () => {
  it.each(["/items/gold", "/none", "/items/%3Cscript%3E"])("%s is a page that says so", async (path) => {
    const { visitor } = await shopSaying("lost");
    const { status, html } = await visitor.get(path);
    expect([status, headingOf(html)]).toEqual([404, "찾을 수 없는 화면입니다"]);
    expect(html).not.toContain("<script>");
  });

  it("is told the same way where a body is too large, and nothing of it is repeated", async () => {
    const { visitor } = await shopSaying("lost");
    const { status, html } = await visitor.post("/orders", { name: "홍".repeat(20_000) });
    expect([status, headingOf(html)]).toEqual([413, "화면을 보여 드리지 못했습니다"]);
  });
});
