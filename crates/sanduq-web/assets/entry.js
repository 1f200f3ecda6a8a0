// Typing a sheet by the keyboard: Enter and the arrows go from line to line, and what is no figure
// is said beside its line at once. Without this script the form is sent and answered all the same.
const form = document.querySelector("form.typing");
const lines = [...form.querySelectorAll(".line input")];
const save = form.querySelector("button");
const figure = /^\s*([0-9][0-9,]*|[٠-٩][٠-٩٬,]*|[۰-۹][۰-۹٬,]*)?\s*$/;

function look(input) {
  const good = figure.test(input.value);
  const line = input.closest(".line");
  line.classList.toggle("slip", !good);
  line.querySelector(".says").textContent = good ? "" : save.dataset.saysDigits;
  if (good) input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
}

function go(input, by) {
  const to = lines[lines.indexOf(input) + by] ?? (by > 0 ? form.querySelector("#empty") ?? save : input);
  to.focus();
  to.select?.();
}

form.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!lines.includes(input) || event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.isComposing) return;
  event.preventDefault();
  go(input, by);
});
form.addEventListener("focusout", (event) => {
  if (lines.includes(event.target)) look(event.target);
});
form.addEventListener("submit", () => {
  save.disabled = true;
});
window.addEventListener("pageshow", () => {
  save.disabled = false;
});
