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

/** Where the buyer pays to, as KSNET shows it before the window goes away. */
const accountText = ({ vbank_name, vbank_num, vbank_holder, vbank_date }) => {
  const due = new Date(vbank_date * 1000).toLocaleString("ko-KR", { timeZone: "Asia/Seoul" });
  return [
    "가상계좌가 발급되었습니다.",
    `은행 ${vbank_name}`,
    `계좌번호 ${vbank_num}`,
    `예금주 ${vbank_holder}`,
    `입금 기한 ${due}`,
  ].join("\n");
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
  const { fail_reason: failReason, status, vbank_num: account } = result.payment;
  const isIssued = failReason === null && status === "ready" && Boolean(account);
  message.textContent = isIssued ? accountText(result.payment) : (failReason ?? "완료되었습니다.");
  if (action === "close" || (failReason === null && !isIssued)) return goBack(result);
  // The buyer reads why, or where to pay to, before the window goes away.
  form.hidden = true;
  back.hidden = false;
  back.addEventListener("click", () => goBack(result), { once: true });
};

for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.action));
form?.addEventListener("submit", (event) => event.preventDefault());
