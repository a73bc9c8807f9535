/** The frame of every page of a site: top bar, project sidebar, and the facts its browser code starts from. */
import { html, raw } from 'hono/html';
import type { SeededUser } from '../seam';
import type { UiModule, World, WorldSite } from '../world-contract';
import { THEME_ATTRIBUTE } from './theme-css';

export interface PageRequest {
  world: World;
  at: WorldSite;
  user: SeededUser | undefined;
  /** `light`, `dark` or `auto`, from the cookie `emulator-theme`. */
  theme: string;
}

export interface PageContent {
  title: string;
  /** Module under `/__ui/pages/` that fills `<main>`; it finds `page` in `window.emulator.page`. */
  script: string;
  page?: Record<string, unknown>;
  /** Project whose sidebar is shown. */
  projectKey?: string;
}

type Html = ReturnType<typeof html>;

/** One whole document. */
export function siteShell(request: PageRequest, content: PageContent): Html {
  const { at, user, theme } = request;
  return html`<!doctype html>
<html lang="en" data-theme="${THEME_ATTRIBUTE}" data-color-mode="${theme === 'dark' ? 'dark' : 'light'}" data-theme-choice="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title} - ${at.site.name}</title>
<link rel="icon" href="/__ui/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/__ui/theme.css">
<link rel="stylesheet" href="/__ui/base.css">
<link rel="stylesheet" href="/__ui/site.css">
<link rel="stylesheet" href="/__ui/issue.css">
<link rel="stylesheet" href="/__ui/adf.css">
<script>window.emulator=${raw(bootData(request, content))}</script>
<script src="/__ui/theme-choice.js"></script>
<script type="module" src="/__ui/shell.js"></script>
<script type="module" src="/__ui/pages/${content.script}.js"></script>
</head>
<body data-site="${at.site.key}">
<a class="skip-link" href="#main">Skip to content</a>
${topBar(request)}
<div class="page ${content.projectKey ? 'with-sidebar' : ''}">
${content.projectKey ? sidebar(request, content.projectKey) : ''}
<main id="main" tabindex="-1"><p class="loading" role="status">Loading…</p></main>
</div>
${user ? '' : html`<p class="banner" role="alert">Nobody is signed in here.</p>`}
</body>
</html>`;
}

function bootData({ world, at, user }: PageRequest, content: PageContent): string {
  const boot = {
    site: at.site.key,
    siteName: at.site.name,
    publicUrl: at.site.publicUrl,
    resources: world.addresses.resources,
    sites: Object.fromEntries(world.sites().map((each) => [each.site.publicUrl, each.baseUrl])),
    user: user ? { accountId: user.accountId, name: user.name, admin: user.admin } : undefined,
    modules: at.installation ? world.modules().map(({ key, type, title }) => ({ key, type, title })) : [],
    page: content.page ?? {},
  };
  return JSON.stringify(boot).replaceAll('<', '\\u003c');
}

function topBar({ world, at, user }: PageRequest): Html {
  const globalPages = modulesOf(world, at, 'jira:globalPage');
  return html`<header class="top-bar">
<a class="site-name" href="/jira/your-work"><img src="/__ui/favicon.svg" alt="" width="24" height="24"><span>${at.site.name}</span></a>
<nav aria-label="Site">
<a href="/jira/your-work">Your work</a>
<a href="/jira/projects">Projects</a>
<a href="/issues/">Issues</a>
${globalPages.map((each) => html`<a href="/jira/apps/${each.key}">${each.title}</a>`)}
</nav>
<button type="button" class="primary" data-testid="create-issue">Create</button>
<form class="search" role="search" action="/issues/">
<label class="hidden" for="quick-search">Search (text or JQL)</label>
<input id="quick-search" name="q" placeholder="Search or JQL" autocomplete="off" data-testid="quick-search">
</form>
<button type="button" class="icon-button" data-testid="theme-toggle" aria-label="Light or dark">◐</button>
<a class="icon-button" href="/jira/settings/apps" data-testid="settings" aria-label="Settings" title="Settings">⚙</a>
${userSwitcher(at, user)}
</header>`;
}

function userSwitcher(at: WorldSite, user: SeededUser | undefined): Html {
  return html`<details class="menu user-menu">
<summary data-testid="user-menu"><span class="hidden">Signed in as</span><span class="avatar" aria-hidden="true">${initials(user?.name ?? '?')}</span><span class="user-name">${user?.name ?? 'Nobody'}</span></summary>
<div class="menu-items" role="group" aria-label="Switch user">
<p class="menu-title">Switch user</p>
${at.site
  .users()
  .map(
    (each) =>
      html`<button type="button" data-switch-user="${each.accountId}" ${each.accountId === user?.accountId ? raw('aria-current="true"') : ''}><span class="avatar" aria-hidden="true">${initials(each.name)}</span><span>${each.name}${each.admin ? html` <small>admin</small>` : ''}</span></button>`,
  )}
</div>
</details>`;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
}

function sidebar({ world, at }: PageRequest, projectKey: string): Html {
  const settings = modulesOf(world, at, 'jira:projectSettingsPage');
  return html`<aside class="sidebar" aria-label="Project">
<a class="project-name" href="/projects/${projectKey}"><span class="project-avatar" aria-hidden="true">${projectKey.slice(0, 2)}</span><span data-project-name="${projectKey}">${projectKey}</span></a>
<nav aria-label="Project pages">
<a href="/projects/${projectKey}">List</a>
<a href="/projects/${projectKey}/board">Board</a>
<a href="/issues/?jql=${encodeURIComponent(`project = ${projectKey} ORDER BY created DESC`)}">Search</a>
<p class="nav-title">Project settings</p>
<a href="/projects/${projectKey}/settings">Details</a>
${settings.map((each) => html`<a href="/projects/${projectKey}/settings/apps/${each.key}">${each.title}</a>`)}
</nav>
</aside>`;
}

/** The app's modules of one type, when the app is installed on that site. */
export function modulesOf(world: World, at: WorldSite, type: UiModule['type']): UiModule[] {
  return at.installation ? world.modules().filter((each) => each.type === type) : [];
}
