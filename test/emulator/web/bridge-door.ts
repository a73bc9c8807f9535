/** What the page around a Custom UI frame asks of the site: context, resolver calls, `requestJira`. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { SeededUser } from '../seam';
import { BRIDGE_LIMITS } from '../services/limits';
import type { ModuleExtension, ResolverAnswer, World, WorldSite } from '../world-contract';
import { fromOwnPage } from './own-page';
import { type ProductAnswer, productAnswer, productRequest } from './product-fetch';

const place = z.object({
  moduleKey: z.string(),
  localId: z.string().max(100),
  issueKey: z.string().optional(),
  projectKey: z.string().optional(),
});
type Place = z.infer<typeof place>;

const invokeCall = place.extend({
  functionKey: z.string(),
  payload: z.unknown().optional(),
  modal: z.unknown().optional(),
});

const productCall = z.object({
  product: z.string(),
  restPath: z.string(),
  isMultipartFormData: z.boolean().optional(),
  fetchRequestInit: z.object({
    method: z.string().optional(),
    body: z.string().nullish(),
    headers: z.array(z.tuple([z.string(), z.string()])).default([]),
  }),
});

/**
 * Routes under `/__bridge`. Who calls is taken from the session and never from the frame; requests of other origins
 * (the app's own frame included) are refused, because cookies cannot tell the ports of one host apart.
 */
export function createBridgeDoor({ site: at, world }: { site: WorldSite; world: World }): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    if (!fromOwnPage(c.req.raw)) {
      return c.json({ message: 'Only pages of this site may call this.' }, 403);
    }
    await next();
    return;
  });

  app.post('/context', async (c) => {
    const user = world.signedInUser(at.site.key, c.req.raw);
    const asked = place.parse(await c.req.json());
    const extension = await extensionOf(world, at, asked, user);
    if (!extension) {
      return c.json({ message: 'No such module, issue or project here.' }, 404);
    }
    return c.json(world.bridgeContext({ ...callBase(at, asked, user), extension }));
  });

  app.post('/invoke', async (c) => {
    const user = world.signedInUser(at.site.key, c.req.raw);
    const asked = invokeCall.parse(await c.req.json());
    const bytes = Buffer.byteLength(JSON.stringify([asked.functionKey, asked.payload]));
    if (bytes > BRIDGE_LIMITS.invokeRequestBytes) {
      return c.json({ ok: false, message: 'The request to the function is larger than 500 KB.' });
    }
    const extension = await extensionOf(world, at, asked, user);
    if (!extension) {
      return c.json({ ok: false, message: 'No such module, issue or project here.' });
    }
    const answer = await world.invokeResolver({
      ...callBase(at, asked, user),
      functionKey: asked.functionKey,
      payload: asked.payload,
      extension: asked.modal === undefined ? extension : { ...extension, modal: asked.modal },
    });
    return c.json(withinLimit(answer));
  });

  app.post('/product', async (c) => {
    const user = world.signedInUser(at.site.key, c.req.raw);
    const asked = productCall.parse(await c.req.json());
    if (!user || asked.product !== 'jira' || !asked.restPath.startsWith('/rest/')) {
      return c.json({ message: `The emulator has no ${asked.product} at ${asked.restPath}.` }, 400);
    }
    const request = productRequest(at.baseUrl, asked.restPath, {
      ...asked.fetchRequestInit,
      multipart: asked.isMultipartFormData === true,
    });
    const answer: ProductAnswer = await productAnswer(
      await world.requestJiraAsUser(at.site.key, user.accountId, request),
    );
    return c.json(answer);
  });
  return app;
}

/** What a function gives back to a page is bounded too. */
function withinLimit(answer: ResolverAnswer): ResolverAnswer {
  if (!answer.ok) return answer;
  const bytes = Buffer.byteLength(JSON.stringify(answer.body ?? null));
  if (bytes <= BRIDGE_LIMITS.invokeResponseBytes) return answer;
  return { ok: false, message: 'The answer of the function is larger than 5 MB.' };
}

function callBase(at: WorldSite, asked: Place, user: SeededUser | undefined) {
  return {
    siteKey: at.site.key,
    moduleKey: asked.moduleKey,
    localId: asked.localId,
    ...(user ? { accountId: user.accountId } : {}),
  };
}

/** Where the module stands, read from Jira as this user: a frame cannot pretend to stand on another issue. */
async function extensionOf(
  world: World,
  at: WorldSite,
  asked: Place,
  user: SeededUser | undefined,
): Promise<ModuleExtension | undefined> {
  const module = world.module(asked.moduleKey);
  if (!module || !user) {
    return undefined;
  }
  if (module.type === 'jira:issuePanel') {
    const issue = asked.issueKey && (await readIssue(at, user, asked.issueKey));
    return issue ? { type: module.type, ...issue } : undefined;
  }
  if (module.type === 'jira:projectSettingsPage') {
    const project = asked.projectKey && (await readProject(at, user, asked.projectKey));
    return project ? { type: module.type, project } : undefined;
  }
  return { type: module.type };
}

const projectBody = z.object({ id: z.string(), key: z.string(), projectTypeKey: z.string().optional() });
const issueBody = z.object({
  id: z.string(),
  key: z.string(),
  fields: z.object({ project: projectBody, issuetype: z.object({ id: z.string(), name: z.string() }) }),
});

async function readIssue(at: WorldSite, user: SeededUser, key: string) {
  const body = await readAs(
    at,
    user,
    `/rest/api/3/issue/${encodeURIComponent(key)}?fields=project,issuetype`,
  );
  const issue = issueBody.safeParse(body);
  if (!issue.success) {
    return undefined;
  }
  const { project, issuetype } = issue.data.fields;
  return {
    issue: { id: issue.data.id, key: issue.data.key, type: issuetype.name, typeId: issuetype.id },
    project: projectOf(project),
  };
}

async function readProject(at: WorldSite, user: SeededUser, key: string) {
  const project = projectBody.safeParse(
    await readAs(at, user, `/rest/api/3/project/${encodeURIComponent(key)}`),
  );
  return project.success ? projectOf(project.data) : undefined;
}

function projectOf(project: z.infer<typeof projectBody>) {
  return {
    id: project.id,
    key: project.key,
    ...(project.projectTypeKey ? { type: project.projectTypeKey } : {}),
  };
}

/** The page's own look-up, so it is not counted as a call of the app. */
async function readAs(at: WorldSite, user: SeededUser, path: string): Promise<unknown> {
  const request = new Request(new URL(path, at.baseUrl), { headers: { accept: 'application/json' } });
  const response = await at.site.handle(request, { kind: 'user', accountId: user.accountId });
  return response.ok ? response.json() : undefined;
}
