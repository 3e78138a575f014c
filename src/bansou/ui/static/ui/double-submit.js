// A form is sent once: after the first submission its buttons rest and say so. The server guards this as well.
const resting = new Map();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[data-once]")) return;
  // After the browser has collected the fields; a disabled button would drop its own value.
  setTimeout(() => {
    for (const button of form.querySelectorAll("button[type=submit]")) {
      const label = button.querySelector("span") ?? button;
      resting.set(button, label.textContent);
      if (button === (event.submitter ?? button)) label.textContent = "送信中…";
      button.disabled = true;
    }
  });
});

// Coming back with the browser's back button shows the page as it was left: wake the buttons.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const [button, text] of resting) {
    (button.querySelector("span") ?? button).textContent = text;
    button.disabled = false;
  }
  resting.clear();
});
