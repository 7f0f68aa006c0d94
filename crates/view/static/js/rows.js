/* J and K, and the arrows in a list of results, move from row to row; Enter opens the link. */
{
  const step = (links, by) => {
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (!next) return false;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  const shown = (link) => link.checkVisibility?.() ?? true;
  const rows = () => [...document.querySelectorAll("main :is(.t tbody tr, .todo > li, .feed > li)")]
    .map((row) => row.querySelector("a[href]")).filter((link) => link && shown(link));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select")) return;
    const by = { j: 1, k: -1 }[event.key];
    if (by && localStorage.getItem("keys") !== "off" && step(rows(), by)) event.preventDefault();
    const list = event.target.closest?.("[data-results]");
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!list || !arrow) return;
    event.preventDefault();
    if (!step([...list.querySelectorAll("a[href]")], arrow)) document.getElementById("find")?.focus();
  });
}
