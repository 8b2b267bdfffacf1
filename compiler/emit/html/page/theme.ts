import { byId } from "./elements.js";

const order = ["auto", "light", "dark"] as const;
type Theme = (typeof order)[number];

/** The button that goes from the system's colours to light and dark ones. Remembered, where the browser does. */
export function startTheme(): void {
  const button = byId("theme");
  let theme = order.find((name) => name === remembered()) ?? "auto";
  const apply = () => {
    document.documentElement.dataset.theme = theme;
    button.textContent = { auto: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }[theme];
  };
  button.addEventListener("click", () => {
    theme = order[(order.indexOf(theme) + 1) % order.length]!;
    remember(theme);
    apply();
  });
  apply();
}

/** A page opened from a file may have no storage. */
function remembered(): string | null {
  try {
    return localStorage.getItem("shapewright-theme");
  } catch {
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem("shapewright-theme", theme);
  } catch {
    // The choice holds until the page is closed.
  }
}
