/* Results while one types: the list of the search page, fetched and shown under the field. */
{
  const field = document.getElementById("find");
  const form = field?.form;
  let asked = null;
  let timer = 0;
  let panel = null;
  const close = () => { asked?.abort(); panel?.remove(); panel = null; };
  const show = (list) => {
    panel?.remove();
    panel = document.createElement("div");
    panel.className = "panel found";
    panel.append(document.importNode(list, true));
    form.append(panel);
  };
  const ask = async () => {
    const words = field.value.trim();
    close();
    if (words.length < 2) return;
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.action}?q=${encodeURIComponent(words)}`, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = page.querySelector("[data-results]");
      if (list && document.activeElement === field) show(list);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };
  if (form) {
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "ArrowDown") return;
      const list = panel ?? document.querySelector("main [data-results]");
      const first = list?.querySelector("a[href]");
      if (first) { event.preventDefault(); first.focus(); }
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && event.target !== field) { close(); field.focus(); }
    });
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) setTimeout(close, 150); });
  }
}
