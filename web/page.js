// Chinese, or English for browsers of another language: style.css shows one of each pair, see web/bilingual.py.
const chinese = navigator.language.toLowerCase().startsWith("zh");
document.documentElement.lang = chinese ? "zh-CN" : "en";

// Gradio sends on Enter by keypress, which browsers hold back while an input method composes; Safari ends the
// composition first and then delivers the Enter, so that one is held back here.
for (const kind of ["keydown", "keypress"])
  document.addEventListener(kind, event => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);

// The server hears of a click by one of the page's hidden boxes; the time makes two equal clicks two.
function put(name, value) {
  const box = document.querySelector(`#${name} textarea, #${name} input`);
  if (!box) return false;
  box.value = `${value}#${Date.now()}`;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  return true;
}

let opener = null; // where the focus goes back to when the side closes

document.addEventListener("click", event => {
  const at = event.target.closest?.('a[href^="?"], [data-copy], [data-link], button[data-to], #history');
  if (!at || event.button) return;
  if (at.matches("a")) {
    // A link inside the page goes to the "place" box instead of loading the page anew; see web/links.py.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (put("place", at.getAttribute("href"))) event.preventDefault();
  }
  if (!at.closest("#side")) opener = at;
  if (at.dataset.copy !== undefined) copy(at, at.dataset.copy);
  if (at.dataset.link !== undefined) copy(at, location.origin + location.pathname + at.dataset.link);
  if (at.dataset.to === undefined) return;
  put(at.dataset.to, at.dataset.value);
  if (at.dataset.to === "judge") at.setAttribute("aria-pressed", "true");
  if (at.dataset.to === "close") closed();
});

document.addEventListener("submit", event => {
  const form = event.target.closest("form[data-to]");
  if (!form) return;
  event.preventDefault();
  put(form.dataset.to, `${form.dataset.value}&${new URLSearchParams(new FormData(form))}`);
  const folded = form.closest("details");
  folded.open = false;
  folded.classList.add("said");
  folded.querySelector("summary").focus();
});

document.addEventListener("keydown", event => {
  if (event.key !== "Escape" || event.isComposing || !document.querySelector("#side .close")) return;
  put("close", "1");
  closed();
});

function closed() {
  const back = opener?.isConnected ? opener : document.querySelector("#question textarea");
  setTimeout(() => back?.focus(), 60);
}

// Where the page comes by plain http from another machine there is no navigator.clipboard.
async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = Object.assign(document.createElement("textarea"), {value: text});
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 2000);
  tell(chinese ? "已复制" : "Copied");
}

// For those who hear the page: a line of its own, which nobody sees.
function tell(words) {
  const line = document.querySelector("#told") ?? document.body.appendChild(document.createElement("p"));
  Object.assign(line, {id: "told", role: "status"});
  line.textContent = "";
  setTimeout(() => (line.textContent = words), 50);
}

globalThis.jince = {
  // The unit that was opened into view, its marked sentence first, and the focus to where one reads on.
  showUnit(tries = 20) {
    const unit = document.querySelector("#side .unit.current") ?? document.querySelector("#side .history");
    if (!unit) return tries && setTimeout(() => jince.showUnit(tries - 1), 50);
    (unit.querySelector("mark") ?? unit).scrollIntoView({block: unit.querySelector("mark") ? "center" : "start"});
    document.querySelector("#side .close")?.focus({preventScroll: true});
  },
};

// Gradio names its upload button otherwise than it reads; without that name its own words are its name.
new MutationObserver(() => {
  for (const button of document.querySelectorAll("button.upload-container[aria-label]")) button.removeAttribute("aria-label");
}).observe(document.documentElement, {childList: true, subtree: true});
