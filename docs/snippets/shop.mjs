// 쇼핑몰 서버의 세 가지 일: 주문 만들기, 결과에 따라 움직이기, 환불하기. Node 18 이상, 패키지 없이.
// What a shop's server does: create an order, act on its outcome, refund. Node 18 or newer, no packages.
// (TypeScript라면 lib/client가 같은 일을 합니다. · For TypeScript, lib/client does the same.)
//
//   export G=http://127.0.0.1:3000 KEY=...
//   node shop.mjs create  ord-20260805-000171
//   node shop.mjs outcome ord-20260805-000171
//   node shop.mjs refund  ord-20260805-000171 return-171 20000

const { G, KEY } = process.env;

/** 거절되었고 아무것도 하지 않았습니다. code로 판단하세요. · Refused, nothing was done: decide by its code. */
class Refused extends Error {}

/** 결과를 모릅니다. 나중에 같은 번호나 키로 다시 부르세요. · Unknown: call again later, under the same number or key. */
class Unknown extends Error {}

/** 답이 없으면 null. · Null without a whole answer. */
async function sendOnce(path, request) {
  try {
    const answer = await fetch(G + path, { ...request, signal: AbortSignal.timeout(35_000) });
    const text = await answer.text();
    const waitS = Number(answer.headers.get("retry-after")) || 0;
    let told = {};
    try {
      told = JSON.parse(text);
    } catch {}
    return { status: answer.status, told, waitS };
  } catch {
    return null;
  }
}

/**
 * 같은 요청을 글자 하나 바꾸지 않고 다시 보냅니다. 번호와 키가 같으니 돈은 한 번만 움직입니다.
 * Sends the same request again as it is: its number and key stay, so money moves once.
 */
async function call(method, path, body, idempotencyKey) {
  const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json" };
  if (idempotencyKey !== undefined) headers["idempotency-key"] = idempotencyKey;
  const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  let isInDoubt = false;
  for (const pauseS of [0.5, 1, 2, 4, 8, 8, 8, 0]) {
    const seen = await sendOnce(path, request);
    const { status, told, waitS } = seen ?? { status: 0, told: {}, waitS: 0 };
    const { code } = told;
    if (status >= 200 && status < 300 && (status !== 202 || told.state === "scheduled")) return told;
    // code가 없는 5xx는 API Gateway의 답입니다. 처리되었는지 알 수 없습니다.
    // A 5xx without a code is API Gateway's own, which knows nothing of what was done.
    if (seen === null || status === 202 || (status >= 500 && (code === undefined || code === "internal")))
      isInDoubt = true;
    else if (status < 500 && status !== 429 && code !== "operation_in_flight") {
      if (isInDoubt && (code === undefined || status === 401 || status === 403)) throw new Unknown(path);
      throw new Refused(code ?? `HTTP ${status}`);
    }
    if (pauseS === 0) throw isInDoubt ? new Unknown(path) : new Refused(code ?? `HTTP ${status}`);
    await new Promise((resolve) => setTimeout(resolve, Math.max(pauseS, waitS) * 1_000));
  }
}

/** 같은 번호와 본문은 같은 주문입니다. · The same number and body are the same order. */
async function create(merchant_uid) {
  const order = {
    merchant_uid,
    name: "양말 두 켤레",
    amount: 55_000,
    pay_method: "card",
    buyer_name: "홍길동",
  };
  // 그대로 IMP.request_pay에 넘기세요. · For IMP.request_pay, as it is.
  return JSON.stringify((await call("POST", "/orders", order)).request_pay);
}

/** 브라우저의 말이 아니라 이 답으로 출고하세요. · Ship on this answer, never on what a browser says. */
async function outcome(merchantUid) {
  const { state, review_reason } = await call("GET", `/orders/${merchantUid}`);
  if (review_reason !== null) return "hold"; // 담당자가 확인합니다 · a person looks first
  if (state === "paid") return "ship";
  if (["created", "approved", "awaiting_deposit"].includes(state)) return "wait";
  if (["failed", "expired"].includes(state)) return "pay again"; // 새 주문번호로 · under a new order number
  return "stop";
}

/**
 * key는 이 환불의 이름입니다. 처음 부르기 전에 저장하고, 다시 부를 때 그대로 쓰세요.
 * key is this refund's own name: store it before the first call, and use it for every later one.
 */
async function refund(merchantUid, key, amount) {
  const body = { amount: Number(amount), reason: "단순 변심" };
  return (await call("POST", `/orders/${merchantUid}/refunds`, body, key)).state;
}

const [verb, ...rest] = process.argv.slice(2);
try {
  console.log(await { create, outcome, refund }[verb](...rest));
} catch (error) {
  if (!(error instanceof Refused || error instanceof Unknown)) throw error;
  console.error(error instanceof Refused ? `refused ${error.message}` : "unknown");
  process.exitCode = 1;
}
