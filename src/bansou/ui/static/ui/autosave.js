// Keeps a draft of `form[data-autosave]` on the server: 1.5 s after the last change, and when the page is left.
const PAUSE = 1500;
const RETRY = 15_000;
// A browser sends at most 64 KiB while a page closes.
const KEEPALIVE_LIMIT = 60_000;

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  let timer;
  let changed = false;
  let submitted = false;
  let sending = false;

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      changed = true;
      later(PAUSE);
    });
  }
  form.addEventListener("submit", () => {
    submitted = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("pagehide", save);
  window.addEventListener("pageshow", () => (submitted = false));
  window.addEventListener("online", save);

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  }

  async function save() {
    if (!changed || submitted || sending) return;
    clearTimeout(timer);
    changed = false;
    sending = true;
    let pause = PAUSE;
    try {
      await send(form);
      say("saved", `下書きを保存しました ${clock()}`);
    } catch (reason) {
      changed = true;
      pause = RETRY;
      // fetch answers with a TypeError when nothing was reached at all.
      const trouble = reason instanceof TypeError ? "回線が切れています" : "下書きを保存できませんでした";
      say("failed", `${trouble}。入力はこの画面に残っています`);
    }
    sending = false;
    if (changed) later(pause);
  }

  function say(state, words) {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = words;
  }
}

async function send(form) {
  const body = fieldsOf(form);
  const answer = await fetch(form.dataset.autosave, {
    method: "POST",
    credentials: "same-origin",
    keepalive: String(body).length < KEEPALIVE_LIMIT,
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken?.value ?? "" },
    body,
  });
  // A redirect leads to the sign-in page: nothing was kept.
  if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
}

function fieldsOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") fields.append(name, value);
  }
  fields.set("_path", location.pathname);
  return fields;
}

function clock() {
  return new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit" }).format(new Date());
}
