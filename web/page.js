document.documentElement.lang = "zh-CN";

// Gradio sends on Enter by keypress, which browsers hold back while an input method composes; Safari ends the
// composition first and then delivers the Enter, so that one is held back here.
for (const kind of ["keydown", "keypress"])
  document.addEventListener(kind, event => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);

// A link inside the page goes to the "place" box instead of loading the page anew; see web/links.py.
document.addEventListener("click", event => {
  const link = event.target.closest?.('a[href^="?"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const box = document.querySelector("#place textarea, #place input");
  if (!box) return;
  event.preventDefault();
  box.value = `${link.getAttribute("href")}#${Date.now()}`;
  box.dispatchEvent(new Event("input", {bubbles: true}));
});
