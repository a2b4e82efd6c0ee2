// A shop's own site for browser tests: a page with a pay button that uses the SDK as a shop would, and a page the
// buyer comes back to. It knows only what the order's answer gave it.
import { createServer } from "node:http";

export interface Checkout {
  readonly requestPay: object;
  readonly sdk: { readonly script: string; readonly init: string };
  /** The tier of a shop that belongs to an agency; it calls IMP.agency. */
  readonly tier?: string | undefined;
  /** Where the browser reports that the window ended. */
  readonly completeUrl: string;
}

export interface ShopSite {
  readonly url: string;
  /** Gives the address of a page that sells this. */
  readonly sell: (checkout: Checkout) => string;
  readonly close: () => Promise<void>;
}

export async function startShopSite(): Promise<ShopSite> {
  const pages: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop.example");
    const sold = /^\/checkout\/(\d+)$/.exec(pathname)?.[1];
    const html = sold === undefined ? resultPage : pages[Number(sold)];
    response.writeHead(html === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return {
    url,
    sell: (checkout) => `${url}/checkout/${pages.push(checkoutPage(checkout)) - 1}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const resultPage = `<!doctype html><html lang="ko"><meta charset="utf-8"><title>결제 결과</title>
<h1>결제 결과</h1></html>`;

/** JSON inside a script element; a `<` in it must not end the element. */
const inScript = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

const checkoutPage = ({ requestPay, sdk, tier, completeUrl }: Checkout): string => `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>주문서</title><script src="${sdk.script}"></script></head>
<body>
<button id="pay">결제</button>
<pre id="callback"></pre>
<p id="state"></p>
<script>
${tier === undefined ? `IMP.init(${inScript(sdk.init)});` : `IMP.agency(${inScript(sdk.init)}, ${inScript(tier)});`}
const show = (id, text) => { document.getElementById(id).textContent = text; };
document.getElementById("pay").addEventListener("click", () => {
  IMP.request_pay(${inScript(requestPay)}, async (response) => {
    show("callback", JSON.stringify(response));
    const { imp_uid, merchant_uid, error_code, error_msg } = response;
    const answer = await fetch(${inScript(completeUrl)}, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ imp_uid, merchant_uid, error_code, error_msg }),
    });
    show("state", (await answer.json()).state ?? "HTTP " + answer.status);
  });
});
</script>
</body>
</html>`;
