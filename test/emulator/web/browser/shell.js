// What every page of a site does: user switcher, theme, Create, menus, links between sites.
import { byTestId } from './dom.js';
import { localAddress } from './host/links.js';

for (const button of document.querySelectorAll('[data-switch-user]')) {
  button.addEventListener('click', () => {
    const cookie = `emulator-user-${window.emulator.site}=${encodeURIComponent(button.dataset.switchUser)}`;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${cookie}; path=/; max-age=31536000; samesite=lax`;
    location.reload();
  });
}

byTestId('theme-toggle').addEventListener('click', () => {
  window.chooseTheme(document.documentElement.dataset.colorMode === 'dark' ? 'light' : 'dark');
});

byTestId('create-issue').addEventListener('click', async () => {
  const { openCreateDialog } = await import('./issue/create-dialog.js');
  await openCreateDialog({ projectKey: window.emulator.page.projectKey ?? projectOfIssue() });
});

function projectOfIssue() {
  return window.emulator.page.issueKey?.replace(/-\d+$/, '');
}

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (link) {
    link.href = localAddress(link.href);
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  }
});

for (const link of document.querySelectorAll('.top-bar nav a, .sidebar nav a')) {
  if (new URL(link.href).pathname === location.pathname && !new URL(link.href).search) {
    link.setAttribute('aria-current', 'page');
  }
}

// The console shows sites in frames and cannot read where they are.
if (window.parent !== window) {
  const tell = () => {
    const emulatorLocation = location.pathname + location.search + location.hash;
    window.parent.postMessage({ emulatorLocation }, '*');
  };
  tell();
  window.addEventListener('popstate', tell);
  document.addEventListener('emulator:moved', tell);
  document.addEventListener('emulator:panel', () => window.parent.postMessage({ emulatorPanel: true }, '*'));
  window.addEventListener('message', (event) => {
    if (event.source === window.parent && event.data?.emulatorTheme) {
      window.chooseTheme(event.data.emulatorTheme);
    }
  });
}
