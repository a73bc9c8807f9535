/** Two emulated Jiras with an agreement between them and many old issues on one: what a backfill costs, and what becomes of it. */
import { bindingOf, contractOf } from '#core/agreement/split-draft';
import { matchProjects } from '#core/match/match-projects';
import type { MappingBinding } from '#core/model/binding';
import type { Site } from '#engine/ports/site';
import { createJiraSite } from '#jira/create-jira-site';
import { createRandom } from '../../emulator/core/random';
import { createCloudSite } from '../../emulator/jira/create-cloud-site';
import type { Actor, JiraSite, ProductEvent } from '../../emulator/seam';
import { CrashSignal, type Gate, gatePorts } from '../../support/gate';
import type { SiteEvent } from '../../support/memory-site';
import type { VirtualClock } from '../../support/virtual-clock';
import { acmeFacts, globexFacts } from '../site-facts';
import { noMischief, type Side, World } from '../world';

/** Time that a request takes, milliseconds. */
const roundTripMs = 50;
/** What a function of the platform has, milliseconds. */
const invocationMs = 55_000;
/** Labels the issues that are to be brought in. */
export const oldLabel = 'old';
const app = { id: 'ari:cloud:ecosystem::app/concord', name: 'Concord' };

export interface Jira {
  site: JiraSite;
  port: Site;
  /** Calls of the app by operation, points of all. */
  calls: Map<string, number>;
  points: number;
  /** A request of a person; the parsed answer. */
  person(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<never>;
  /** Files of a person. */
  upload(path: string, form: FormData): Promise<void>;
}

export interface BackfillWorld {
  world: World;
  acme: Jira;
  globex: Jira;
  here: MappingBinding;
  there: MappingBinding;
}

function emulated(key: 'acme' | 'globex', clock: { now(): number; advance(ms: number): void }): Jira {
  const site = createCloudSite({
    key,
    clock: { now: () => clock.now(), after: () => () => {} },
    random: createRandom(7),
  });
  const { accountId } = site.ensureAppUser(app);
  const admin = site.users().find((user) => user.admin)?.accountId ?? '';
  async function ask(actor: Actor, path: string, init: RequestInit): Promise<Response> {
    clock.advance(roundTripMs);
    return site.handle(new Request(`${site.publicUrl}${path}`, init), actor);
  }
  const jira: Jira = {
    site,
    calls: new Map(),
    points: 0,
    port: createJiraSite({
      async request(path, init) {
        const answer = await ask({ kind: 'app', accountId, appId: app.id }, path, init);
        const route = answer.headers.get('x-emulator-route') ?? `unknown ${path}`;
        jira.calls.set(route, (jira.calls.get(route) ?? 0) + 1);
        jira.points += Number(answer.headers.get('x-emulator-points') ?? 0);
        return answer;
      },
    }),
    async upload(path, form) {
      const init = { method: 'POST', headers: { 'X-Atlassian-Token': 'no-check' }, body: form };
      const answer = await ask({ kind: 'user', accountId: admin }, path, init);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    },
    async person(method, path, body) {
      const headers = { 'Content-Type': 'application/json' };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      const answer = await ask({ kind: 'user', accountId: admin }, path, init);
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as never;
    },
  };
  return jira;
}

/** Both sites with what they agreed on by what is alike; not connected yet. */
export async function backfillWorld(seed: number): Promise<BackfillWorld> {
  // The sites are older than the world around them, which is made of what they agree on.
  const time = { now: Date.UTC(2026, 10, 20, 9) };
  let clock: VirtualClock | undefined;
  const shared = {
    now: () => clock?.now() ?? time.now,
    advance(ms: number): void {
      if (clock === undefined) time.now += ms;
      else clock.advance(ms);
    },
  };
  const jiras = { acme: emulated('acme', shared), globex: emulated('globex', shared) };
  const [mine, theirs] = [await firstProject(jiras.acme), await firstProject(jiras.globex)];
  const draft = matchProjects(mine, theirs);
  const [here, there] = [bindingOf(draft, 'mine'), bindingOf(draft, 'theirs')];
  if (here === undefined || there === undefined) throw new Error('Nothing was matched.');
  const world = new World(seed, {
    acme: acmeFacts,
    globex: globexFacts,
    contract: {
      revision: 1,
      note: 'What is alike',
      mappings: [{ ...contractOf(draft), attachments: { direction: 'both', deletions: 'ignore' } }],
    },
    bindings: (facts) => [facts === acmeFacts ? here : there],
    jira: (name) => ({
      port: jiras[name].port,
      listen: (hear) => jiras[name].site.onEvent((event) => tell(event, hear)),
    }),
  });
  world.clock.advance(Math.max(0, time.now - world.clock.now()));
  clock = world.clock;
  return { world, ...jiras, here, there };
}

async function firstProject(jira: Jira) {
  const catalog = await jira.port.catalog();
  const project = catalog.ok ? catalog.value.projects[0] : undefined;
  if (project === undefined) throw new Error('The site has no project.');
  return project;
}

function tell(event: ProductEvent, hear: (event: SiteEvent) => void): void {
  const { issue, comment } = event.payload as {
    issue?: { id: string; fields?: { project?: { id: string } } };
    comment?: { id: string };
  };
  if (issue === undefined) return;
  const about = {
    issueId: issue.id,
    projectId: issue.fields?.project?.id ?? '',
    bySelf: event.actor.kind === 'app',
  };
  if (/:(created|updated):issue$/.test(event.eventType)) hear({ kind: 'fields', ...about });
  else if (/:(commented|mentioned):issue$/.test(event.eventType) && comment !== undefined)
    hear({ kind: 'comment', commentId: comment.id, ...about });
}

/** A file that no other issue has: its name and its bytes tell whose it is. */
async function attach(jira: Jira, issueId: string): Promise<void> {
  const form = new FormData();
  form.append('file', new File([`log of ${issueId}`], `${issueId}.log`, { type: 'text/plain' }));
  await jira.upload(`/rest/api/3/issue/${issueId}/attachments`, form);
}

/** Old issues, each with its number in the summary, a file and three comments. */
export async function plantIssues({ acme, here }: BackfillWorld, count: number): Promise<void> {
  const issuetype = { id: here.types[0]?.typeId };
  const project = { id: here.projectId };
  for (let start = 0; start < count; start += 50) {
    const numbers = Array.from({ length: Math.min(50, count - start) }, (_, index) => start + index);
    const issueUpdates = numbers.map((number) => ({
      fields: { project, issuetype, summary: `Old ${number}`, labels: [oldLabel] },
    }));
    const { issues } = await acme.person('POST', '/rest/api/3/issue/bulk', { issueUpdates });
    for (const { id } of issues as { id: string }[]) {
      await attach(acme, id);
      for (const said of ['first', 'second', 'third']) {
        await acme.person('POST', `/rest/api/3/issue/${id}/comment`, { body: paragraph(said) });
      }
    }
  }
}

function paragraph(text: string) {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
}

/** Connects; acme brings its old issues in. Every invocation has a deadline, and `gate` sees all its port calls. */
export async function connectAndBackfill({ world }: BackfillWorld, gate: Gate | undefined): Promise<void> {
  world.mischief = {
    ...noMischief,
    invocation: (side: Side) => {
      const end = world.clock.now() + invocationMs;
      const plain = side.ports();
      const ports = gate === undefined ? plain : gatePorts(plain, gate);
      const remainingMs = (): number => Math.max(0, end - world.clock.now());
      return { ports: { ...ports, budget: { remainingMs } }, end: () => undefined };
    },
  };
  await world.connectBoth(({ role }) =>
    role === 'primary' ? { existing: { mode: 'jql', jql: `labels = ${oldLabel}` } } : {},
  );
}

/** Kills invocations at the given calls of the world, counted from 1; `seen` names all. */
export function killsAt(calls: readonly number[]): Gate & { seen: string[]; killed: string[] } {
  const due = new Set(calls);
  const gate = {
    seen: [] as string[],
    killed: [] as string[],
    async enter(name: string) {
      gate.seen.push(name);
      const isIt = due.has(gate.seen.length);
      // Every other one dies after its call had its effect; a create always does: its answer is what is lost.
      const isAfter = isIt && (gate.seen.length % 2 === 0 || name.startsWith('site.create'));
      if (isIt && !isAfter) kill(`before ${name}`);
      return async () => {
        if (isAfter) kill(`after ${name}`);
      };
    },
  };
  function kill(where: string): never {
    gate.killed.push(where);
    throw new CrashSignal(where);
  }
  return gate;
}

export interface OldIssue {
  /** As texts. */
  comments: string[];
  /** Names. */
  files: string[];
}

/** Old issues of a site by their summary. */
export async function oldIssues(jira: Jira, binding: MappingBinding): Promise<Map<string, OldIssue[]>> {
  const found = new Map<string, OldIssue[]>();
  let token: string | undefined;
  do {
    const page = (await jira.person('POST', '/rest/api/3/search/jql', {
      jql: `project = ${binding.projectId} AND labels = ${oldLabel} ORDER BY key ASC`,
      maxResults: 100,
      fields: ['summary', 'comment', 'attachment'],
      ...(token === undefined ? {} : { nextPageToken: token }),
    })) as {
      issues: {
        fields: {
          summary: string;
          comment: { comments: { body: unknown }[] };
          attachment: { filename: string }[];
        };
      }[];
      nextPageToken?: string;
    };
    for (const { fields } of page.issues) {
      const comments = fields.comment.comments.map(({ body }) => JSON.stringify(body));
      const files = fields.attachment.map(({ filename }) => filename);
      found.set(fields.summary, [...(found.get(fields.summary) ?? []), { comments, files }]);
    }
    token = page.nextPageToken;
  } while (token !== undefined);
  return found;
}

export function totalCalls({ acme, globex }: BackfillWorld): number {
  return [acme, globex].reduce((sum, { calls }) => sum + [...calls.values()].reduce((a, b) => a + b, 0), 0);
}
