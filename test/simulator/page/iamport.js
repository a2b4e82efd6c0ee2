// Stand-in for PortOne's browser SDK (V1): IMP.init, IMP.request_pay, IMP.agency. It opens the simulator's
// payment page; nothing else of the real SDK is imitated. On a PC the page lies in a dialog over the shop's and the
// callback runs; on a phone the browser goes there and comes back by m_redirect_url.
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

  // Set one by one: a shop's content policy may forbid style attributes.
  const overlayStyle = {
    position: "fixed",
    inset: "0",
    width: "100%",
    height: "100%",
    maxWidth: "none",
    maxHeight: "none",
    margin: "0",
    padding: "0",
    border: "0",
    zIndex: "99999",
    display: "grid",
    placeItems: "center",
    background: "rgb(0 0 0 / 60%)",
  };
  const frameStyle = {
    display: "block",
    width: "min(420px, 100%)",
    height: "min(760px, 100%)",
    border: "0",
    borderRadius: "min(20px, max(0px, (100vw - 420px) * 9999))",
    boxShadow: "0 16px 64px rgb(0 0 0 / 40%)",
  };

  /** A modal dialog: the browser makes the shop's page inert, and gives the focus back when it goes. */
  const showOverlay = (page, callback) => {
    const dialog = document.createElement("dialog");
    dialog.setAttribute("role", "dialog");
    dialog.setAttribute("aria-modal", "true");
    dialog.setAttribute("aria-label", "결제창");
    Object.assign(dialog.style, overlayStyle);
    const frame = document.createElement("iframe");
    frame.src = page;
    frame.title = "결제창";
    frame.className = "imp-frame";
    Object.assign(frame.style, frameStyle);
    const { overflow } = document.documentElement.style;
    const onMessage = (event) => {
      if (event.origin !== origin || event.source !== frame.contentWindow) return;
      window.removeEventListener("message", onMessage);
      dialog.close();
      dialog.remove();
      document.documentElement.style.overflow = overflow;
      // Nobody is told of a buyer who left without a trace.
      if (event.data !== null) callback(event.data);
    };
    window.addEventListener("message", onMessage);
    // Esc outside the frame. What becomes of the payment is the window's to say, so the dialog waits for it.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      frame.contentWindow.postMessage("close", origin);
    });
    dialog.append(frame);
    document.body.append(dialog);
    document.documentElement.style.overflow = "hidden";
    dialog.showModal();
    frame.focus();
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
      else showOverlay(opened.page, callback ?? (() => {}));
    },
  };
})();
