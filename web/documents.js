(() => {
  const all = () => [...document.querySelectorAll("#documents-text mark")];
  // To the hit that many places further, round and round; the number of the hit is written where the count stands.
  const step = by => setTimeout(() => {
    const hits = all();
    if (!hits.length) return;
    const last = hits.findIndex(hit => hit.classList.contains("now"));
    const next = last < 0 ? (by > 0 ? 0 : hits.length - 1) : (last + by + hits.length) % hits.length;
    hits[last]?.classList.remove("now");
    hits[next].classList.add("now");
    hits[next].scrollIntoView({block: "center"});
    const at = document.querySelector("#documents-found .at");
    if (at) at.textContent = next + 1;
  }, 60);
  // To the unit, document or first hit that the address names, once the tab is drawn: that takes some frames, at most seconds.
  const show = (address, left = 50) => {
    const place = new URLSearchParams(address.split("#")[0]);
    if (place.get("tab") !== "documents" || !left) return;
    if (!place.get("unit")) {
      if (place.has("doc") && !place.get("find")) document.querySelector("#documents-text")?.scrollIntoView({block: "start"});
      else if (place.get("find")) step(1);
      return;
    }
    const unit = document.getElementById(`doc-${place.get("unit").replace("/", "-")}`);
    if (unit?.offsetParent) unit.scrollIntoView({block: "start"});
    else setTimeout(show, 100, address, left - 1);
  };
  return {show, step};
})()
