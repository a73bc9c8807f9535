/** The origin of Custom UI resources: the app's built files under the cloud's CSP, with the bridge put in front. */
import { join } from 'node:path';
import { Hono } from 'hono';
import type { World, WorldSite } from '../world-contract';
import { resourceCsp } from './resource-csp';
import { readStaticFile } from './static-files';
import { THEME_ATTRIBUTE, themeCss } from './theme-css';

const BROWSER = join(__dirname, 'browser');

/**
 * Serves `/app/<site>/<module>/...` and `/resource/<site>/<resource>/...` (a modal may show another resource).
 * Nothing of a session is read here: this origin gets no secrets and answers no calls.
 */
export function createResourceHost({ world }: { world: World }): Hono {
  const app = new Hono();
  app.get('/__bridge/theme.css', (c) =>
    c.body(themeCss(), 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=300' }),
  );
  app.get('/__bridge/:file', async (c) => {
    const file = await readStaticFile(join(BROWSER, 'bridge'), c.req.param('file'));
    return file ? c.body(new Uint8Array(file.body), 200, { 'content-type': file.contentType }) : c.notFound();
  });
  app.get('/app/:site/:module/*', (c) => {
    const { site, module } = c.req.param();
    const directory = world.module(module)?.resourceDirectory;
    return serve(world, world.site(site), directory, restOf(c.req.path, 3));
  });
  app.get('/resource/:site/:resource/*', (c) => {
    const { site, resource } = c.req.param();
    const directory = world.modules().find((each) => each.resourceKey === resource)?.resourceDirectory;
    return serve(world, world.site(site), directory, restOf(c.req.path, 3));
  });
  app.get('/', (c) => c.text('Custom UI resources of the app. Open a site instead.'));
  return app;
}

function restOf(path: string, segments: number): string {
  return path
    .split('/')
    .slice(segments + 1)
    .join('/');
}

async function serve(
  world: World,
  at: WorldSite | undefined,
  directory: string | undefined,
  path: string,
): Promise<Response> {
  if (!at || !directory) {
    return new Response('No such site, module or resource.', { status: 404 });
  }
  const file = await readStaticFile(directory, path === '' ? 'index.html' : path);
  if (!file) {
    return new Response(missing(directory, path), { status: 404 });
  }
  if (!file.contentType.startsWith('text/html')) {
    return new Response(new Uint8Array(file.body), { headers: { 'content-type': file.contentType } });
  }
  const document = file.body.toString('utf8');
  return new Response(withBridge(world, document), {
    headers: {
      'content-type': file.contentType,
      'content-security-policy': resourceCsp(world, document, new URL(at.site.publicUrl).host),
      'cache-control': 'no-store',
    },
  });
}

function missing(directory: string, path: string): string {
  return path === '' || path === 'index.html'
    ? `The app's UI is not built: there is no index.html in ${directory}.`
    : 'No such file.';
}

/** The bridge is a classic script before the app's modules, because `@forge/bridge` looks for it while it loads. */
function withBridge(world: World, document: string): string {
  const sites = Object.fromEntries(world.sites().map((each) => [each.site.publicUrl, each.baseUrl]));
  const attribute = JSON.stringify(sites).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const script = `<script src="/__bridge/shim.js" data-theme="${THEME_ATTRIBUTE}" data-sites="${attribute}"></script>`;
  return /<head[^>]*>/i.test(document)
    ? document.replace(/<head[^>]*>/i, (head) => `${head}${script}`)
    : `${script}${document}`;
}
