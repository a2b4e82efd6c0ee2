// The payment window. On a PC it lies over this page and ends in the callback; a phone leaves for it and comes back to
// the backend's /payments/redirect, which sends the buyer on to the result page.
const { requestPay, init, token, completeUrl } = JSON.parse(
  document.querySelector("#checkout").dataset.checkout,
);
const button = document.querySelector("#pay");
const message = document.querySelector("#message");
const label = button.textContent;

const setBusy = (isBusy) => {
  button.disabled = isBusy;
  button.textContent = isBusy ? button.dataset.busy : label;
};

/** Tells the backend to look at the payment now. What it answers decides nothing here: the result page asks again. */
const complete = (rsp) =>
  fetch(completeUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      imp_uid: rsp.imp_uid ?? null, // missing where the window was refused before it opened
      merchant_uid: requestPay.merchant_uid,
      token,
    }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => {
    // The backend cannot be reached just now; PortOne's notice will, and so will the backend's own sweep.
  });

const goToResult = ({ error_code }) => {
  const query = new URLSearchParams({ merchant_uid: requestPay.merchant_uid });
  if (error_code) query.set("error_code", error_code);
  location.href = `/result?${query}`;
};

const pay = () => {
  if (window.IMP === undefined) {
    message.textContent = "결제창을 불러오지 못했습니다. 인터넷 연결을 확인하고 화면을 새로 고쳐 주세요.";
    return;
  }
  setBusy(true);
  message.textContent = "";
  // The order goes in exactly as the backend gave it: a changed amount would not be approved.
  IMP.request_pay(requestPay, async (rsp) => {
    message.textContent = "결제를 확인하고 있습니다…";
    await complete(rsp);
    goToResult(rsp);
  });
};

// Says that paying needs a script, for as long as none has come.
document.querySelector("#needs-script").remove();

// Once a page, or the SDK complains.
window.IMP?.init(init);
button.addEventListener("click", pay);

// Back from the window, on a phone, the browser shows this page as it was left.
window.addEventListener("pageshow", () => setBusy(false));
