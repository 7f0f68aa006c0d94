/* A day that is chosen with the mouse is shown at once; one that is typed waits for Enter. */
{
  for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
    let typed = false;
    form.addEventListener("keydown", () => { typed = true; });
    form.addEventListener("pointerdown", () => { typed = false; });
    form.addEventListener("change", (event) => {
      if (!typed && event.target.value && event.target.checkValidity()) form.requestSubmit();
    });
  }
}
