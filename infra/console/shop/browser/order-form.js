// The order form: adds up what the buyer will pay, and is sent once however often the button is pressed. The server
// decides on both anyway; this only spares the buyer a surprise.
const form = document.querySelector("form");
const quantity = document.querySelector("#quantity");
const total = document.querySelector("#total");
const button = form.querySelector("button[type=submit]");
const label = button.textContent;

quantity.addEventListener("change", () => {
  const won = Number(form.dataset.price) * Number(quantity.value);
  total.textContent = `${won.toLocaleString("ko-KR")}원`;
});

form.addEventListener("submit", (event) => {
  if (button.getAttribute("aria-disabled") === "true") return event.preventDefault();
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.busy;
});

// Back from the next page, the browser shows this one as it was left.
window.addEventListener("pageshow", () => {
  button.removeAttribute("aria-disabled");
  button.textContent = label;
});

// What is wrong is read out first.
document.querySelector("#summary")?.focus();
