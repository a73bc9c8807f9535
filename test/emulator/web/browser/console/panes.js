// The two sites in frames, each with an address line of its own.

/** `{show(site, path), home(), tellTheme(choice)}` over the panes of the page. */
export function startPanes() {
  const { sites, adminPage } = window.emulatorConsole;
  const panes = new Map();
  for (const section of document.querySelectorAll('[data-pane]')) {
    const site = sites.find((each) => each.key === section.dataset.pane);
    const frame = section.querySelector('iframe');
    const address = section.querySelector('input');
    const first = new URL(frame.src);
    // The site told where it is before this script listened.
    address.value = first.pathname + first.search;
    const open = section.querySelector('[data-do="open"]');
    const show = (path) => {
      frame.src = new URL(path, site.baseUrl).href;
    };
    const actions = {
      home: () => show('/jira/your-work'),
      reload: () => show(address.value || '/jira/your-work'),
      app: () => show(adminPage ? `/jira/settings/apps/${adminPage}` : '/jira/settings/apps'),
    };
    for (const button of section.querySelectorAll('button[data-do]')) {
      button.addEventListener('click', () => actions[button.dataset.do]());
    }
    section.querySelector('form').addEventListener('submit', (event) => {
      event.preventDefault();
      show(address.value);
    });
    panes.set(site.key, { show, frame, section, origin: new URL(site.baseUrl).origin });
    window.addEventListener('message', (event) => {
      if (event.source === frame.contentWindow && event.data?.emulatorLocation) {
        address.value = event.data.emulatorLocation;
        open.href = new URL(event.data.emulatorLocation, site.baseUrl).href;
      }
      if (event.source === frame.contentWindow && event.data?.emulatorPanel) {
        document.dispatchEvent(new CustomEvent('console:panel'));
      }
    });
  }
  return {
    show(site, path) {
      const pane = panes.get(site);
      pane.show(path);
      pane.section.classList.remove('pointed');
      // Restarts the animation that draws the eye to the pane.
      void pane.section.offsetWidth;
      pane.section.classList.add('pointed');
    },
    home() {
      for (const pane of panes.values()) {
        pane.show('/jira/your-work');
      }
    },
    tellTheme(choice) {
      for (const pane of panes.values()) {
        pane.frame.contentWindow.postMessage({ emulatorTheme: choice }, pane.origin);
      }
    },
  };
}
