/* Passkeys: asks the program for options, the browser for an answer, and sends the form with it. */
{
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const credentials = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const read = (options) => {
    const key = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    if (key.excludeCredentials) key.excludeCredentials = credentials(key.excludeCredentials);
    if (key.allowCredentials) key.allowCredentials = credentials(key.allowCredentials);
    return { publicKey: key };
  };
  const written = (key) => {
    const response = { clientDataJSON: text(key.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (key.response[name]) response[name] = text(key.response[name]);
    }
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, extensions: {} });
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      const way = form.dataset.passkey;
      try {
        const body = new URLSearchParams(new FormData(form));
        const asked = await fetch(`${form.action}/options`, { method: "POST", body });
        if (!asked.ok) throw new Error(asked.status);
        const { options, secret } = await asked.json();
        const key = await navigator.credentials[way](read(options));
        form.elements.secret.value = secret;
        form.elements.answer.value = written(key);
        form.submit();
      } catch {
        form.querySelector("[role=alert]").hidden = false;
      }
    });
  }
}
