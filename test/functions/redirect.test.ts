// GET /payments/redirect: wherever the buyer comes from, the way leads to the shop's own page, and says nothing
// a stranger could have written.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({
    environment: { PAY_PREPARE: "off", PAY_RESULT_URL: "https://shop.example/payment-result?lang=ko" },
  });
  doors = new Doors(stack);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

/** Where the browser is sent, after the checks that hold for every way back. */
async function comeBack(query: string): Promise<Record<string, string>> {
  const reply = await doors.knock("GET", `/payments/redirect${query}`);
  expect([reply.status, reply.text]).toEqual([303, ""]);
  expect(reply.headers.get("cache-control")).toBe("no-store");
  const location = new URL(reply.headers.get("location") ?? "");
  expect(`${location.origin}${location.pathname}`).toBe("https://shop.example/payment-result");
  const { lang, ...told } = Object.fromEntries(location.searchParams);
  expect(lang).toBe("ko");
  return told;
}

async function paidUnseen(uid: string): Promise<string> {
  await doors.shop.fault("notice_never", "notice", { merchant_uid: uid, count: 99 });
  return (await doors.shop.pay(await doors.shop.createOrder(uid), { device: "mobile" })).imp_uid;
}

describe("the buyer is sent to the shop's page", () => {
  it("with the state that was just learned", async () => {
    const impUid = await paidUnseen("ord-back-paid");
    const query = `?imp_uid=${impUid}&merchant_uid=ord-back-paid&imp_success=true`;
    expect(await comeBack(query)).toEqual({ merchant_uid: "ord-back-paid", state: "paid" });
    expect((await doors.shop.order("ord-back-paid")).state).toBe("paid");
  });

  it("with the address PortOne itself makes of it", async () => {
    await doors.shop.fault("notice_never", "notice", { merchant_uid: "ord-back-portone", count: 99 });
    const requestPay = await doors.shop.createOrder("ord-back-portone");
    const { redirect } = await doors.shop.pay(requestPay, { device: "mobile" });
    const back = new URL(String(redirect));
    expect(back.pathname).toBe("/payments/redirect");
    expect(await comeBack(back.search)).toMatchObject({ merchant_uid: "ord-back-portone", state: "paid" });
  });

  it("with PortOne's word for what went wrong, never its sentence", async () => {
    const { payment } = await doors.shop.decline(await doors.shop.createOrder("ord-back-declined"));
    const errors = new URLSearchParams({ error_code: "F400", error_msg: "[결제포기] 한도초과 <b>" });
    expect(await comeBack(`?imp_uid=${payment.imp_uid}&merchant_uid=ord-back-declined&${errors}`)).toEqual({
      merchant_uid: "ord-back-declined",
      state: "failed",
      error_code: "F400",
    });
  });

  it.each([
    ["a sentence", "결제가 취소되었습니다"],
    ["a script", "<script>alert(1)</script>"],
    ["a line break", "F400\r\nset-cookie: a=b"],
    ["an address", "https://evil.example"],
    ["41 letters", "F".repeat(41)],
    ["nothing", ""],
  ])("without an error_code that is %s", async (_, errorCode) => {
    await doors.shop.createOrder(`ord-back-code-${errorCode.length}`);
    const query = new URLSearchParams({
      merchant_uid: `ord-back-code-${errorCode.length}`,
      error_code: errorCode,
    });
    expect(await comeBack(`?${query}`)).toEqual({
      merchant_uid: `ord-back-code-${errorCode.length}`,
      state: "unknown",
    });
  });

  it.each([
    [
      "twice",
      (id: string, uid: string) => `imp_uid=${id}&imp_uid=${id}&merchant_uid=${uid}&merchant_uid=${uid}`,
    ],
    [
      "with another parameter twice",
      (id: string, uid: string) => `a=1&imp_uid=${id}&a=2&merchant_uid=${uid}`,
    ],
  ])("with the state that was just learned, its ids given %s", async (words, query) => {
    const uid = `ord-back-${words.length}`;
    const impUid = await paidUnseen(uid);
    expect(await comeBack(`?${query(impUid, uid)}`)).toEqual({ merchant_uid: uid, state: "paid" });
  });

  it.each(["", "null", "undefined", ",", "null,null"])(
    "with nothing about the order for imp_uid=%s",
    async (none) => {
      const uid = `ord-back-nothing-${none.replaceAll(",", "-")}`;
      await doors.shop.createOrder(uid);
      await doors.shop.local("DELETE", "/calls");
      expect(await comeBack(`?imp_uid=${none}&merchant_uid=${uid}`)).toEqual({
        merchant_uid: uid,
        state: "unknown",
      });
      expect(await doors.shop.local("GET", "/calls")).toMatchObject({ portone: { by_function: {} } });
    },
  );

  it("without an imp_uid, with nothing about the order", async () => {
    await doors.shop.createOrder("ord-back-no-imp");
    expect(await comeBack("?merchant_uid=ord-back-no-imp&error_code=F0004")).toEqual({
      merchant_uid: "ord-back-no-imp",
      state: "unknown",
      error_code: "F0004",
    });
  });
});

describe("the state is unknown", () => {
  it.each([
    ["an unknown order", "?imp_uid=imp_000000000000&merchant_uid=ord-back-nobody", "ord-back-nobody"],
    ["an unknown order alone", "?merchant_uid=ord-back-nobody", "ord-back-nobody"],
    ["nothing", "", ""],
    ["no merchant_uid", "?imp_uid=imp_000000000000", ""],
    ["a merchant_uid that is none", "?merchant_uid=%3Cscript%3E&imp_uid=imp_1", ""],
    ["a merchant_uid of 41", `?merchant_uid=${"o".repeat(41)}`, ""],
    ["two payments", "?imp_uid=imp_1&imp_uid=imp_2&merchant_uid=ord-back-1", "ord-back-1"],
    ["two of them", "?merchant_uid=ord-back-1&merchant_uid=ord-back-2", ""],
  ])("for %s", async (_, query, merchantUid) => {
    expect(await comeBack(query)).toEqual({ merchant_uid: merchantUid, state: "unknown" });
  });

  it("for an unknown payment, and another order's", async () => {
    const impUid = await paidUnseen("ord-back-mine");
    await doors.shop.createOrder("ord-back-yours");
    for (const guess of ["imp_000000000000", impUid])
      expect(await comeBack(`?imp_uid=${guess}&merchant_uid=ord-back-yours`)).toEqual({
        merchant_uid: "ord-back-yours",
        state: "unknown",
      });
    expect((await doors.shop.order("ord-back-yours")).state).toBe("created");
  });

  it("never leads anywhere else, whatever the query says", async () => {
    const query =
      "?merchant_uid=ord-back-x&state=paid&redirect=https://evil.example&lang=en&location=//evil.example";
    expect(await comeBack(query)).toEqual({ merchant_uid: "ord-back-x", state: "unknown" });
  });
});

describe("the state is pending while nobody knows", () => {
  it.each([
    ["PortOne does not answer", () => doors.breakPortOne()],
    ["the table does not answer", () => doors.breakTable("complete")],
  ])("because %s", async (why, silence) => {
    const uid = `ord-back-pending-${why.length}`;
    const impUid = await paidUnseen(uid);
    await silence();
    const query = `?imp_uid=${impUid}&merchant_uid=${uid}&error_code=F500&error_msg=x`;
    expect(await comeBack(query)).toEqual({ merchant_uid: uid, state: "pending", error_code: "F500" });
  });
});
