// Stand-in for PortOne's browser SDK (V1): IMP.init, IMP.request_pay, IMP.agency. It opens the simulator's
// payment page; nothing else of the real SDK is imitated. On a PC the page lies in a frame and the callback
// runs; on a phone the browser goes there and comes back by m_redirect_url.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  const isMobile = /Mobi|Android|iPhone|iPad/i.test(navigator.userAgent);
  let merchantCode = null;

  const openWindow = async (requestPay) => {
    const answer = await fetch(`${origin}/window`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ request_pay: requestPay, device: isMobile ? "mobile" : "pc" }),
    });
    return answer.json();
  };

  const showFrame = (page, callback) => {
    const frame = document.createElement("iframe");
    frame.src = page;
    frame.title = "결제창";
    frame.className = "imp-frame";
    frame.style.cssText = "position:fixed;inset:0;width:100%;height:100%;border:0;z-index:99999";
    const onMessage = (event) => {
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      window.removeEventListener("message", onMessage);
      frame.remove();
      callback(event.data);
    };
    window.addEventListener("message", onMessage);
    document.body.append(frame);
  };

  // Refused before the window opens: the callback is told, on a phone too; without one, the redirect.
  const tellRefusal = (requestPay, refused, callback) => {
    const { error_code, error_msg } = refused;
    const response = { imp_uid: null, merchant_uid: requestPay.merchant_uid, error_code, error_msg };
    if (callback) return callback(response);
    if (!requestPay.m_redirect_url) return undefined;
    const address = new URL(requestPay.m_redirect_url);
    for (const [name, value] of Object.entries(response)) if (value) address.searchParams.append(name, value);
    window.location.href = address.href;
  };

  const identify = (code) => {
    if (typeof code !== "string" || code === "") throw new Error("가맹점 식별코드가 올바르지 않습니다.");
    if (merchantCode !== null) console.warn("IMP.init은 페이지마다 한 번만 호출해야 합니다.");
    merchantCode = code;
  };

  window.IMP = {
    init: (code) => identify(code),
    // The tier is the sub-merchant of an agency; there is one merchant here.
    agency: (code, _tier) => identify(code),
    request_pay: async (requestPay, callback) => {
      if (merchantCode === null) throw new Error("IMP.init을 먼저 호출해 주세요.");
      const opened = await openWindow(requestPay);
      if (opened.refused) tellRefusal(requestPay, opened.refused, callback);
      else if (isMobile) window.location.href = opened.page;
      else showFrame(opened.page, callback ?? (() => {}));
    },
  };
})();
