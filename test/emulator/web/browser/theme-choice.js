// Runs before the page is drawn: applies the chosen theme; `auto` follows the system.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function apply(choice) {
    root.dataset.themeChoice = choice;
    root.dataset.colorMode = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
    document.dispatchEvent(new CustomEvent('emulator:theme'));
  }
  apply(root.dataset.themeChoice || 'light');
  dark.addEventListener('change', () => apply(root.dataset.themeChoice));
  /** Remembers the choice for all sites of this host and applies it. */
  window.chooseTheme = (choice) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `emulator-theme=${choice}; path=/; max-age=31536000; samesite=lax`;
    apply(choice);
  };
})();
