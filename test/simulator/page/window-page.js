// The payment page's buttons: each asks the simulator for the outcome, shows a failure, and goes back the
// way the device does (message to the page around it, or redirect).
const form = document.querySelector("form");
const buttons = [...document.querySelectorAll("button[data-action]")];
const message = document.querySelector("#message");
const back = document.querySelector("#back");

const goBack = ({ redirect, callback }) => {
  if (redirect) window.location.href = redirect;
  else if (callback && window.parent !== window) window.parent.postMessage(callback, "*");
  else if (callback && window.opener) window.opener.postMessage(callback, "*");
  else message.textContent = callback ? JSON.stringify(callback, null, 2) : "이 창을 닫아 주세요.";
};

/** What the buyer picked; what was left alone is not sent. */
const choices = () => {
  const picked = {};
  for (const [name, value] of new FormData(form))
    if (value !== "") picked[name] = name === "card_quota" ? Number(value) : value;
  return picked;
};

const choose = async (action) => {
  const body = JSON.stringify(action === "approve" ? choices() : {});
  for (const button of buttons) button.disabled = true;
  message.textContent = "처리 중입니다…";
  const answer = await fetch(`${window.location.pathname}/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const result = await answer.json();
  if (!answer.ok) {
    message.textContent = "이미 종료된 결제창입니다.";
    return;
  }
  const failReason = result.payment.fail_reason;
  message.textContent = failReason ?? "완료되었습니다.";
  if (failReason === null || action === "close") return goBack(result);
  // The buyer reads why before the window goes away.
  back.hidden = false;
  back.addEventListener("click", () => goBack(result), { once: true });
};

for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.action));
form?.addEventListener("submit", (event) => event.preventDefault());
