"use strict";
/* Menus close when one clicks elsewhere or presses Escape; only one is open. */
{
  document.documentElement.classList.add("js");
  const menus = () => document.querySelectorAll("details.m[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.("details.m[open], details.fig[open]") ?? menus()[0];
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  /* A form that changes something is sent once. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    }
  });
}
