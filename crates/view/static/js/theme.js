/* Light or dark: as the system says, then light, then dark; kept in a cookie for the next page. */
{
  const next = { auto: "light", light: "dark", dark: "auto" };
  for (const button of document.querySelectorAll("[data-theme-next]")) {
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const theme = next[root.dataset.theme] ?? "light";
      root.dataset.theme = theme;
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    });
  }
}
