// Light, dark, or as the device prefers. Kept in a cookie, so that the server writes the right one into the page.
const order = ["auto", "light", "dark"];
const words = { auto: "as the device", light: "light", dark: "dark" };

function label(button, theme) {
  button.querySelector("[data-theme-label]").textContent = `Theme: ${words[theme]}`;
  button.title = `Theme: ${words[theme]}`;
}

export function startTheme() {
  const root = document.documentElement;
  const changed = () => document.dispatchEvent(new CustomEvent("themechange"));
  for (const button of document.querySelectorAll("[data-theme-button]")) {
    button.hidden = false;
    label(button, root.dataset.theme);
    button.addEventListener("click", () => {
      const theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
      root.dataset.theme = theme;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
      label(button, theme);
      changed();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
