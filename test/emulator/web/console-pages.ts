/** The console: both sites side by side, what flows between them, faults, counters and the guided tour. */
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { html, raw } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import type { World } from '../world-contract';
import { createConsoleJournal } from './console-journal';
import { serveBrowserFiles } from './site-pages';
import { THEME_ATTRIBUTE } from './theme-css';

/** Sites with a pane of their own; others (the directory) are reached by their address. */
const PANES = ['acme', 'globex'];

/** Serves the page and its stream; everything it does goes through the control API beside it. */
export function createConsolePages({ world }: { world: World }): Hono {
  const app = new Hono();
  const journal = createConsoleJournal(world);
  serveBrowserFiles(app);
  app.get('/', (c) => {
    // The control API accepts pages of the address that it announces, and cookies belong to one host name.
    const own = new URL(world.addresses.console);
    if (new URL(c.req.url).hostname !== own.hostname) {
      return c.redirect(own.href);
    }
    return c.html(page(world, getCookie(c, 'emulator-theme') ?? 'light'));
  });
  app.get('/console/stream', (c) =>
    streamSSE(c, async (stream) => {
      for (const line of journal.recent().slice(-100)) {
        await stream.writeSSE({ data: JSON.stringify(line) });
      }
      const stop = journal.subscribe((line) => {
        stream.writeSSE({ data: JSON.stringify(line) }).catch(() => stop());
      });
      await new Promise<void>((resolve) => stream.onAbort(() => resolve()));
      stop();
    }),
  );
  return app;
}

function page(world: World, theme: string) {
  const panes = world.sites().filter((each) => PANES.includes(each.site.key));
  const boot = {
    sites: world.sites().map((each) => ({ key: each.site.key, name: each.site.name, baseUrl: each.baseUrl })),
    adminPage: world.modules().find((each) => each.type === 'jira:adminPage')?.key,
    app: world.app.name,
  };
  return html`<!doctype html>
<html lang="en" data-theme="${THEME_ATTRIBUTE}" data-color-mode="${theme === 'dark' ? 'dark' : 'light'}" data-theme-choice="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Concord: two Jira sites, side by side</title>
<link rel="icon" href="/__ui/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/__ui/theme.css">
<link rel="stylesheet" href="/__ui/base.css">
<link rel="stylesheet" href="/__ui/console.css">
<script>window.emulatorConsole=${raw(JSON.stringify(boot).replaceAll('<', '\\u003c'))}</script>
<script src="/__ui/theme-choice.js"></script>
<script type="module" src="/__ui/console/main.js"></script>
</head>
<body>
<header class="console-bar">
<img src="/__ui/favicon.svg" alt="" width="24" height="24">
<h1>Concord <span class="subtle">two Jira sites, side by side</span></h1>
<span class="grow"></span>
<span class="activity-state" role="status" data-testid="activity">Starting…</span>
<button type="button" data-testid="toggle-tour" aria-expanded="true" aria-controls="tour">Guided tour</button>
<button type="button" class="icon-button" data-testid="theme-toggle" aria-label="Light or dark">◐</button>
<button type="button" data-testid="reset">Reset everything</button>
</header>
<div class="console-body">
<aside class="tour" id="tour" aria-label="Guided tour" data-testid="tour"></aside>
<main id="main">
<div class="panes">
${panes.map(
  (
    each,
  ) => html`<section class="pane" aria-label="${each.site.name}" data-pane="${each.site.key}" data-testid="pane-${each.site.key}">
<div class="pane-bar"><strong>${each.site.name}</strong>
<button type="button" class="icon-button" data-do="home" aria-label="Home of ${each.site.name}" title="Home">⌂</button>
<button type="button" class="icon-button" data-do="reload" aria-label="Reload ${each.site.name}" title="Reload">⟳</button>
<form><label class="hidden" for="address-${each.site.key}">Address on ${each.site.name}</label><input id="address-${each.site.key}" spellcheck="false" autocomplete="off"></form>
<button type="button" class="subtle-button" data-do="app" title="Settings of the app">Synchronizations</button>
<a class="icon-button" data-do="open" target="_blank" href="${each.baseUrl}" aria-label="${each.site.name} in a window of its own" title="Window of its own">↗</a>
</div>
<iframe title="${each.site.name}" src="${each.baseUrl}/jira/your-work"></iframe>
</section>`,
)}
</div>
<section class="drawer" aria-label="What happens">
<div role="tablist" class="tabs" aria-label="What happens">
<button type="button" role="tab" id="tab-stream" aria-controls="drawer-stream" aria-selected="true" data-testid="tab-stream">Between the sites</button>
<button type="button" role="tab" id="tab-counters" aria-controls="drawer-counters" aria-selected="false" tabindex="-1" data-testid="tab-counters">Counters</button>
<button type="button" role="tab" id="tab-faults" aria-controls="drawer-faults" aria-selected="false" tabindex="-1" data-testid="tab-faults">Trouble</button>
</div>
<div role="tabpanel" id="drawer-stream" aria-labelledby="tab-stream" class="drawer-panel"></div>
<div role="tabpanel" id="drawer-counters" aria-labelledby="tab-counters" class="drawer-panel" hidden></div>
<div role="tabpanel" id="drawer-faults" aria-labelledby="tab-faults" class="drawer-panel" hidden></div>
</section>
</main>
</div>
</body>
</html>`;
}
