/** A small read-only look at a Data Center site by hand: projects, lists, one issue. It asks the site's own REST API. */
import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Actor } from '../seam';
import type { World, WorldSite } from '../world-contract';

type Json = Record<string, unknown>;
type Html = ReturnType<typeof html>;

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#172b4d;background:#fff}
header{display:flex;gap:1rem;align-items:center;border-bottom:1px solid #dfe1e6;padding-bottom:.5rem;flex-wrap:wrap}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #dfe1e6;text-align:left;padding:.3rem .6rem;vertical-align:top}
pre{background:#f4f5f7;padding:.6rem;overflow:auto}blockquote{border-left:3px solid #dfe1e6;margin-left:0;padding-left:1rem}
small,dt{color:#5e6c84}a{color:#0052cc}`;

/** Serves everything of the site but REST and attachments. */
export function createServerPages({ site: at, world }: { site: WorldSite; world: World }): Hono {
  const app = new Hono();
  const read = (c: Context, path: string) => ask(at, world, c, path);
  const show = (c: Context, title: string, content: Html) => c.html(frame(at, world, c, title, content));
  app.get('/', (c) => c.redirect('/projects'));
  app.get('/jira/your-work', (c) => c.redirect('/projects'));
  app.get('/projects', async (c) => {
    const projects = (await read(c, 'project')) as Json[] | undefined;
    return show(c, 'Projects', projectTable(projects ?? []));
  });
  app.get('/projects/:key', (c) =>
    c.redirect(`/issues/?jql=${encodeURIComponent(`project = "${c.req.param('key')}" ORDER BY key DESC`)}`),
  );
  app.get('/issues', (c) => c.redirect(`/issues/${new URL(c.req.url).search}`));
  app.get('/issues/', async (c) => {
    const jql = c.req.query('jql') ?? '';
    const query = new URLSearchParams({
      jql,
      maxResults: '200',
      fields: 'summary,status,assignee,issuetype',
    });
    const found = (await read(c, `search?${query}`)) as Json | undefined;
    return show(c, 'Issues', issueTable(jql, found));
  });
  app.get('/browse/:key', async (c) => {
    const key = c.req.param('key');
    const issue = await read(c, `issue/${encodeURIComponent(key)}?expand=renderedFields,changelog`);
    if (issue === undefined) return c.text(`${key} does not exist, or you may not see it.`, 404);
    return show(c, key, issuePage(at, issue as Json));
  });
  app.post('/switch-user', async (c) => {
    const chosen = String((await c.req.formData()).get('user') ?? '');
    c.header(
      'set-cookie',
      `emulator-user-${at.site.key}=${encodeURIComponent(chosen)}; Path=/; SameSite=Lax`,
    );
    return c.redirect('/projects');
  });
  return app;
}

/** Parsed answer of a GET as the browser's user, or undefined for anything but success. */
async function ask(at: WorldSite, world: World, c: Context, path: string): Promise<unknown> {
  const user = world.signedInUser(at.site.key, c.req.raw);
  const actor: Actor = user ? { kind: 'user', accountId: user.accountId } : { kind: 'anonymous' };
  const response = await at.site.handle(new Request(`${at.site.publicUrl}/rest/api/2/${path}`), actor);
  return response.ok ? response.json() : undefined;
}

function frame(at: WorldSite, world: World, c: Context, title: string, content: Html): Html {
  const me = world.signedInUser(at.site.key, c.req.raw);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${at.site.name}</title><style>${raw(STYLE)}</style></head>
<body><header><strong>${at.site.name}</strong><a href="/projects">Projects</a><a href="/issues/">Issues</a>
<form method="post" action="/switch-user"><label>Signed in as <select name="user">${at.site
    .users()
    .map(
      (user) =>
        html`<option value="${user.accountId}" ${user.accountId === me?.accountId ? raw('selected') : ''}>${user.name}</option>`,
    )}</select></label> <button>Switch</button></form></header>
<main><h1>${title}</h1>${content}</main>
<footer><p><small>Jira Data Center, to look at. Changes are made by REST version 2 at ${at.baseUrl}/rest/api/2.</small></p></footer>
</body></html>`;
}

function projectTable(projects: readonly Json[]): Html {
  return html`<table><thead><tr><th>Key</th><th>Name</th></tr></thead><tbody>${projects.map(
    (row) =>
      html`<tr><td><a href="/projects/${row['key']}">${row['key']}</a></td><td>${row['name']}</td></tr>`,
  )}</tbody></table>`;
}

function issueTable(jql: string, found: Json | undefined): Html {
  const issues = (found?.['issues'] ?? []) as Json[];
  const count = found === undefined ? 'The query has a mistake.' : `${found['total']} issues`;
  return html`<form action="/issues/"><label>JQL <input name="jql" size="60" value="${jql}"></label> <button>Search</button></form>
<p>${count}</p>
<table><thead><tr><th>Key</th><th>Type</th><th>Summary</th><th>Status</th><th>Assignee</th></tr></thead><tbody>${issues.map(
    (row) => {
      const fields = row['fields'] as Json;
      return html`<tr><td><a href="/browse/${row['key']}">${row['key']}</a></td><td>${text(fields['issuetype'])}</td><td>${fields['summary']}</td><td>${text(fields['status'])}</td><td>${text(fields['assignee'])}</td></tr>`;
    },
  )}</tbody></table>`;
}

/** The words of a value of any field, for a reader. */
function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value))
    return value
      .map(text)
      .filter((part) => part !== '')
      .join(', ');
  if (typeof value !== 'object') return String(value);
  const row = value as Json;
  const words = row['displayName'] ?? row['value'] ?? row['name'] ?? row['key'];
  return words === undefined ? '' : `${String(words)}${row['child'] ? ` / ${text(row['child'])}` : ''}`;
}

const SHOWN_APART = ['summary', 'description', 'comment', 'attachment', 'worklog', 'subtasks', 'issuelinks'];

function issuePage(at: WorldSite, issue: Json): Html {
  const fields = issue['fields'] as Json;
  const rendered = issue['renderedFields'] as Json;
  const comments = ((rendered['comment'] as Json | null)?.['comments'] ?? []) as Json[];
  const files = (fields['attachment'] ?? []) as Json[];
  const facts = Object.entries(fields).filter(
    ([id, value]) => !SHOWN_APART.includes(id) && text(value) !== '',
  );
  const local = (url: unknown) => String(url).replace(at.site.publicUrl, '');
  return html`<h2>${fields['summary']}</h2>
<div>${raw(String(rendered['description'] ?? ''))}</div>
<h3>Fields</h3><table><tbody>${facts.map(([id, value]) => html`<tr><th scope="row">${id}</th><td>${text(value)}</td></tr>`)}</tbody></table>
<h3>Attachments</h3><ul>${files.map((file) => html`<li><a href="${local(file['content'])}">${file['filename']}</a> <small>${file['size']} bytes</small></li>`)}</ul>
<h3>Comments</h3>${comments.map(
    (row) =>
      html`<article><small>${text(row['author'])}, ${row['created']}</small><div>${raw(String(row['body']))}</div></article>`,
  )}`;
}
