/** The pages of one Jira site: addresses as Jira has them, drawn in the browser from the site's own REST API. */
import { join } from 'node:path';
import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import type { World, WorldSite } from '../world-contract';
import { createBridgeDoor } from './bridge-door';
import { type PageContent, siteShell } from './site-shell';
import { readStaticFile } from './static-files';
import { themeCss } from './theme-css';

const BROWSER = join(__dirname, 'browser');

/** Serves everything of a site but `/rest`. */
export function createSitePages({ site: at, world }: { site: WorldSite; world: World }): Hono {
  const app = new Hono();
  const show = (c: Context, content: PageContent) =>
    c.html(
      siteShell(
        {
          world,
          at,
          user: world.signedInUser(at.site.key, c.req.raw),
          theme: getCookie(c, 'emulator-theme') ?? 'light',
        },
        content,
      ),
    );
  app.route('/__bridge', createBridgeDoor({ site: at, world }));
  serveBrowserFiles(app);

  app.get('/', (c) => c.redirect('/jira/your-work'));
  app.get('/jira/your-work', (c) => show(c, { title: 'Your work', script: 'home' }));
  app.get('/jira/projects', (c) =>
    show(c, { title: 'Projects', script: 'home', page: { projectsOnly: true } }),
  );
  app.get('/issues', (c) => c.redirect(`/issues/${new URL(c.req.url).search}`));
  app.get('/issues/', (c) => show(c, { title: 'Issues', script: 'search' }));
  app.get('/browse/:key', (c) => browse(c, show));
  app.get('/jira/people/:account', (c) =>
    c.redirect(`/issues/?jql=${encodeURIComponent(`assignee = "${c.req.param('account')}"`)}`),
  );
  app.get('/projects/:key', (c) => showProject(c, show, 'list'));
  app.get('/projects/:key/board', (c) => showProject(c, show, 'board'));
  app.get('/projects/:key/settings', (c) => showProject(c, show, 'settings'));
  addModulePages(app, { at, world, show });
  return app;
}

type Show = (c: Context, content: PageContent) => Response | Promise<Response>;

function browse(c: Context, show: Show): Response | Promise<Response> {
  const key = c.req.param('key') ?? '';
  const projectKey = /^([A-Z][A-Z0-9_]*)-\d+$/i.exec(key)?.[1];
  if (!projectKey) {
    return c.redirect(`/projects/${encodeURIComponent(key)}`);
  }
  return show(c, {
    title: key,
    script: 'issue',
    page: { issueKey: key },
    projectKey: projectKey.toUpperCase(),
  });
}

function showProject(c: Context, show: Show, view: string): Response | Promise<Response> {
  const projectKey = c.req.param('key') ?? '';
  return show(c, { title: projectKey, script: 'project', page: { projectKey, view }, projectKey });
}

/** Where the app's pages stand: settings, project settings, apps menu. What follows the module key is the app's own. */
function addModulePages(app: Hono, { at, world, show }: { at: WorldSite; world: World; show: Show }): void {
  app.get('/jira/settings/apps', (c) => show(c, { title: 'Apps', script: 'app-settings' }));
  const page = (c: Context, projectKey?: string) => {
    const moduleKey = c.req.param('module') ?? '';
    const module = at.installation && world.module(moduleKey);
    if (!module) {
      return c.text(`The app has no page "${moduleKey}" on ${at.site.name}.`, 404);
    }
    const base = c.req.path.slice(0, c.req.path.indexOf(moduleKey) + moduleKey.length);
    return show(c, {
      title: module.title,
      script: 'module',
      page: {
        moduleKey,
        base,
        title: module.title,
        type: module.type,
        projectKey,
        bare: module.raw['layout'] === 'basic',
      },
      ...(projectKey ? { projectKey } : {}),
    });
  };
  for (const end of ['', '/*']) {
    app.get(`/jira/settings/apps/:module${end}`, (c) => page(c));
    app.get(`/jira/apps/:module${end}`, (c) => page(c));
    app.get(`/projects/:key/settings/apps/:module${end}`, (c) => page(c, c.req.param('key')));
  }
}

/** Scripts and styles under `/__ui/`, which the console serves too. */
export function serveBrowserFiles(app: Hono): void {
  app.get('/favicon.ico', (c) => c.redirect('/__ui/favicon.svg'));
  app.get('/__ui/theme.css', (c) =>
    c.body(themeCss(), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }),
  );
  app.get('/__ui/*', async (c) => {
    const file = await readStaticFile(BROWSER, c.req.path.slice('/__ui/'.length));
    return file ? c.body(new Uint8Array(file.body), 200, { 'content-type': file.contentType }) : c.notFound();
  });
}
