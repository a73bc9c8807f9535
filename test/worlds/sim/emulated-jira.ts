/** The emulated Jira as the site of a random world: real REST below the port, its events, on the world's clock. */
import type { Site } from '#engine/ports/site';
import { createJiraSite } from '#jira/create-jira-site';
import type { JiraClient } from '#jira/jira-client';
import { createRandom } from '../../emulator/core/random';
import { createCloudSite } from '../../emulator/jira/create-cloud-site';
import type { Actor, Clock, JiraSite, ProductEvent } from '../../emulator/seam';
import type { SiteEvent } from '../../support/memory-site';

const app = { id: 'ari:cloud:ecosystem::app/concord', name: 'Concord' };

export interface EmulatedJira {
  jira: JiraSite;
  port: Site;
  /** Issues that the app cannot see at present. */
  hidden: Set<string>;
  /** Requests that are being answered. */
  busy: () => number;
  listen(hear: (event: SiteEvent) => void): void;
  onMade(hear: (issueId: string, summary: string) => void): void;
  /** Asks as a person. Throws when Jira refuses. */
  ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  upload(issueId: string, name: string, bytes: Uint8Array): Promise<void>;
  download(fileId: string): Promise<Uint8Array>;
  personName: string;
}

export function emulatedJira(key: 'acme' | 'globex', seed: number, now: () => number): EmulatedJira {
  const timers = { after: () => () => undefined };
  const clock: Clock = { now, ...timers };
  const jira = createCloudSite({ key, clock, random: createRandom(seed) });
  const { accountId } = jira.ensureAppUser(app);
  const [person] = jira.users();
  if (person === undefined) throw new Error(`${key} has no people.`);
  const asApp: Actor = { kind: 'app', accountId, appId: app.id };
  const asPerson: Actor = { kind: 'user', accountId: person.accountId };
  let requests = 0;

  async function send(path: string, init: RequestInit, actor: Actor): Promise<Response> {
    requests += 1;
    try {
      return await jira.handle(new Request(`${jira.publicUrl}${path}`, init), actor);
    } finally {
      requests -= 1;
    }
  }

  async function mustSend(path: string, init: RequestInit): Promise<Response> {
    const answer = await send(path, init, asPerson);
    if (answer.ok || answer.status === 303) return answer;
    throw new Error(`${init.method} ${path}: ${answer.status} ${await answer.text()}`);
  }

  const client: JiraClient = { request: (path, init) => send(path, init as RequestInit, asApp) };
  const hidden = new Set<string>();
  return {
    jira,
    port: hiding(createJiraSite(client), hidden),
    hidden,
    busy: () => requests,
    personName: person.name,
    listen: (hear) => jira.onEvent((event) => tell(event, hear)),
    onMade: (hear) =>
      jira.onEvent(({ eventType, payload }) => {
        const issue = payload['issue'] as Told;
        if (eventType === 'avi:jira:created:issue') hear(String(issue.id), String(issue.fields?.summary));
      }),
    ask: async (method, path, body) => {
      const init = {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      };
      const text = await (await mustSend(path, init)).text();
      return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    },
    upload: async (issueId, name, bytes) => {
      const form = new FormData();
      form.append('file', new Blob([new Uint8Array(bytes)], { type: 'text/plain' }), name);
      const headers = { 'x-atlassian-token': 'no-check' };
      const path = `/rest/api/3/issue/${issueId}/attachments`;
      await mustSend(path, { method: 'POST', headers, body: form });
    },
    download: async (fileId) => {
      const path = `/rest/api/3/attachment/content/${fileId}?redirect=false`;
      return new Uint8Array(await (await mustSend(path, { method: 'GET' })).arrayBuffer());
    },
  };
}

/** A hidden issue is answered as Jira answers for what the app may not see. */
function hiding(port: Site, hidden: ReadonlySet<string>): Site {
  const gone = { ok: false, failure: { kind: 'gone', message: 'Issue does not exist or is not visible.' } };
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...parameters: unknown[]) => {
        const [first] = parameters;
        if (typeof first === 'string' && hidden.has(first)) return gone;
        const answer = (await member.apply(target, parameters)) as { ok: boolean; value: unknown };
        if (name !== 'readIssues' || !answer.ok) return answer;
        return { ...answer, value: (answer.value as { id: string }[]).filter(({ id }) => !hidden.has(id)) };
      };
    },
  });
}

const kinds: Record<string, SiteEvent['kind']> = {
  'avi:jira:created:issue': 'fields',
  'avi:jira:updated:issue': 'fields',
  'avi:jira:deleted:issue': 'deleted',
  'avi:jira:commented:issue': 'comment',
  'avi:jira:deleted:comment': 'commentDeleted',
  'avi:jira:created:attachment': 'file',
  'avi:jira:deleted:attachment': 'fileDeleted',
  'avi:jira:created:worklog': 'work',
  'avi:jira:updated:worklog': 'work',
  'avi:jira:deleted:worklog': 'workDeleted',
};

interface Told {
  id: string;
  issueId?: string;
  fields?: { project?: { id?: string }; summary?: string };
}

/** Only those of which the app is told. */
function tell({ eventType, payload, actor }: ProductEvent, hear: (event: SiteEvent) => void): void {
  const kind = kinds[eventType];
  if (kind === undefined) return;
  const issue = payload['issue'] as Told | undefined;
  const part = (payload['comment'] ?? payload['attachment'] ?? payload['worklog']) as Told | undefined;
  hear({
    kind,
    issueId: String(issue?.id ?? part?.issueId),
    projectId: String(issue?.fields?.project?.id ?? ''),
    bySelf: actor.kind === 'app',
    ...(part === undefined ? {} : { commentId: String(part.id) }),
  });
}
