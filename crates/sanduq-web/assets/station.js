// What is typed on a bad line is not lost: it is kept on this device for this page and this account
// until the station has it. When sending fails, the form says so and sends again, once, when the
// line is back; what arrived twice is on record once. Without this script the form is sent and
// answered all the same.
const PREFIX = "station:";
const DAY = 24 * 3600 * 1000;
const AGAIN = 15000;
const shape = document.querySelector("form.kept");

function forget(all) {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    let at = 0;
    try {
      at = JSON.parse(localStorage.getItem(key)).at;
    } catch {
      // What cannot be read is not worth keeping.
    }
    if (all || !(Date.now() - at < DAY)) localStorage.removeItem(key);
  }
}

function keep(form) {
  const key = `${PREFIX}${form.dataset.account}:${location.pathname}`;
  const says = form.querySelector(".kept-says");
  const boxes = [...form.elements].filter((box) => box.name && box.type !== "hidden" && box.type !== "submit");
  const value = (box) => (box.type === "checkbox" || box.type === "radio" ? box.checked : box.value);
  const id = (box) => box.id || box.name;
  // What the server put into the boxes; what was typed differs from it.
  const given = Object.fromEntries(boxes.map((box) => [id(box), value(box)]));
  let sending = false;
  let waiting = null;

  function say(text) {
    says.textContent = text;
    says.hidden = !text;
  }

  function store(act) {
    const typed = Object.fromEntries(boxes.map((box) => [id(box), value(box)]));
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), typed, act }));
  }

  function restore() {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    // What the server handed back with its no is newer than what the device has.
    if (!kept || form.querySelector(".slip, .empty") || document.querySelector(".notice.refused")) return;
    let any = false;
    for (const box of boxes) {
      const typed = kept.typed[id(box)];
      if (typed === undefined || typed === given[id(box)]) continue;
      if (typeof typed === "boolean") box.checked = typed;
      else box.value = typed;
      any = true;
    }
    if (any) say(kept.act === undefined ? form.dataset.restored : form.dataset.unsent);
  }

  function later(button) {
    store(button?.value ?? "");
    say(form.dataset.unsent);
    const again = () => {
      if (!waiting) return;
      stop();
      send(button);
    };
    // A browser without a line tells when it is back; one that believes to have one must try.
    const timer = setTimeout(() => navigator.onLine && again(), AGAIN);
    waiting = { again, timer };
    window.addEventListener("online", again);
  }

  function stop() {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    window.removeEventListener("online", waiting.again);
    waiting = null;
  }

  function busy(is) {
    sending = is;
    for (const one of form.querySelectorAll("button")) one.disabled = is;
  }

  async function send(button) {
    if (sending) return;
    stop();
    const body = new URLSearchParams(new FormData(form));
    if (button?.name) body.set(button.name, button.value);
    store(button?.value ?? "");
    busy(true);
    say(form.dataset.sending);
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (answer.status >= 500) throw new Error(answer.statusText);
      if (answer.redirected && answer.ok) {
        localStorage.removeItem(key);
        location.assign(answer.url);
        return;
      }
      // A no: the browser itself fetches and shows its page.
      busy(false);
      say("");
      plainly(button);
    } catch {
      busy(false);
      later(button);
    }
  }

  function plainly(button) {
    if (button?.name) {
      const name = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(name);
    }
    form.submit();
  }

  form.addEventListener("input", () => store(undefined));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter);
  });
  restore();
}

try {
  forget(false);
  document.querySelector("form.who")?.addEventListener("submit", () => forget(true));
  if (shape) keep(shape);
} catch {
  // A browser that keeps nothing sends the form as it is.
}
