// What the payment page does beyond its forms: the months of the card that is picked, one press of a button at a time,
// Esc, and the way back (a message to the page around it, or a redirect).
const main = document.querySelector("main");
const message = document.querySelector("#message");
const back = document.querySelector("#back");
const payForm = document.querySelector("#pay");
const isFramed = window.parent !== window;

const goBack = () => {
  const callback = JSON.parse(main.dataset.callback);
  if (main.dataset.redirect) window.location.replace(main.dataset.redirect);
  // Without a callback nobody is told, and the window goes away all the same.
  else if (isFramed) window.parent.postMessage(callback, "*");
  else if (callback && window.opener) window.opener.postMessage(callback, "*");
  else tell(callback);
};

/** Nobody opened this page: its callback is shown to whoever looks. */
const tell = (callback) => {
  back.hidden = true;
  const text = document.createElement("pre");
  text.textContent = callback ? JSON.stringify(callback, null, 2) : "이 창을 닫아 주세요.";
  main.append(text);
};

const showMonths = (card, months) => {
  const picked = months.value;
  const offered = card.selectedOptions[0].dataset.months.split(" ");
  const options = offered.map((month) => {
    const count = Number.parseInt(month, 10);
    const label = count === 0 ? "일시불" : `${count}개월${month.endsWith("+") ? " (무이자)" : ""}`;
    return new Option(label, String(count), false, String(count) === picked);
  });
  months.replaceChildren(...options);
};

/** A receipt that is wanted needs its number. */
const wantNumber = () => {
  const { cash_receipt: number, cash_receipt_type: type } = payForm.elements;
  if (number) number.required = type.value !== "none";
};

const leave = () => {
  const closeForm = document.querySelector("#close");
  if (closeForm) closeForm.requestSubmit();
  else if (back && !back.hidden) back.click();
};

if (back) {
  back.addEventListener("click", goBack);
  if (main.hasAttribute("data-at-once")) goBack();
  else {
    back.hidden = false;
    message.focus();
  }
}

if (payForm) {
  const { card_code: card, card_quota: months } = payForm.elements;
  if (card && months) card.addEventListener("change", () => showMonths(card, months));
  payForm.addEventListener("change", wantNumber);
  wantNumber();
}

for (const form of document.forms)
  form.addEventListener("submit", (event) => {
    if (main.hasAttribute("aria-busy")) return event.preventDefault();
    main.setAttribute("aria-busy", "true");
    message.textContent = "처리 중입니다…";
  });

// A page that a browser kept comes back as it was left.
window.addEventListener("pageshow", () => {
  if (!payForm) return;
  main.removeAttribute("aria-busy");
  message.textContent = "";
});

/** From the last thing to the first and back, since the page around the window is out of reach. */
const stayInside = (event) => {
  const stops = [...document.querySelectorAll("button, select, input")].filter((stop) => stop.offsetParent);
  const [first, last] = [stops[0], stops.at(-1)];
  const isInside = stops.includes(document.activeElement);
  if (isInside && document.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
};

// On a screen of its own Esc would end a payment by mistake.
if (isFramed) {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key === "Tab") stayInside(event);
  });
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data === "close") leave();
  });
}
