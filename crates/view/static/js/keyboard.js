/* Keys: Ctrl K and / find, G and a letter go, E edits, ? shows all; single keys can be turned off. */
{
  const writing = (target) => target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const off = () => localStorage.getItem("keys") === "off";
  let going = 0;
  const find = (event) => {
    const field = document.getElementById("find");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return find(event);
    if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || off()) return;
    const key = event.key.toLowerCase();
    if (Date.now() - going < 1500) {
      going = 0;
      const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (key === "g") going = Date.now();
    else if (key === "/") find(event);
    else if (key === "?") document.getElementById("keys")?.togglePopover();
    else if (key === "e") document.querySelector("[data-edit]")?.click();
  });
  const box = document.querySelector("[data-keys-off]");
  if (box) {
    box.checked = off();
    box.addEventListener("change", () => {
      if (box.checked) localStorage.setItem("keys", "off");
      else localStorage.removeItem("keys");
    });
  }
}
