/** Attaches files by Jira's REST API as a person would, and reads what is attached and shown. */
import type { IssueRef } from './issues';
import { type Json, listOf, type RunningApp, type SiteKey } from './running-app';

export interface Attached {
  id: string;
  name: string;
  size: number;
  /** By which documents show it; found out as anybody does, from the address that its content leads to. */
  media: string;
}

export async function attach(
  app: RunningApp,
  site: SiteKey,
  issue: IssueRef,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Attached> {
  const form = new FormData();
  form.append('file', new File([bytes], name, { type: 'image/png' }));
  const answer = await ask(app, site, `issue/${issue.key}/attachments`, {
    method: 'POST',
    headers: { 'x-atlassian-token': 'no-check' },
    body: form,
  });
  const [made] = listOf((await answer.json()) as Json);
  if (made === undefined) throw new Error(`attach ${name} to ${issue.key}: ${answer.status}`);
  const id = String(made['id']);
  return { id, name, size: bytes.byteLength, media: await mediaOf(app, site, id) };
}

async function mediaOf(app: RunningApp, site: SiteKey, id: string): Promise<string> {
  const answer = await ask(app, site, `attachment/content/${id}`, { redirect: 'manual' });
  return /([0-9a-f-]{36})\/binary/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
}

export async function filesOf(app: RunningApp, site: SiteKey, issue: IssueRef): Promise<Attached[]> {
  const { body } = await app.rest(site, 'GET', `issue/${issue.key}?fields=attachment`);
  const found: Attached[] = [];
  for (const file of listOf(body['fields']?.['attachment'])) {
    const id = String(file['id']);
    const facts = { id, name: String(file['filename']), size: Number(file['size']) };
    found.push({ ...facts, media: await mediaOf(app, site, id) });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

export async function bytesOf(app: RunningApp, site: SiteKey, id: string): Promise<Buffer> {
  const answer = await ask(app, site, `attachment/content/${id}?redirect=false`, {});
  return Buffer.from(await answer.arrayBuffer());
}

/** A picture in a document. */
export function picture({ media, name }: Attached) {
  const file = { type: 'file', id: media, collection: '', alt: name };
  return { type: 'mediaSingle', attrs: { layout: 'center' }, content: [{ type: 'media', attrs: file }] };
}

/** What a description says, block by block: words, or the name of the file that is really behind a picture. */
export async function told(app: RunningApp, site: SiteKey, issue: IssueRef): Promise<string[]> {
  const { body } = await app.rest(site, 'GET', `issue/${issue.key}?fields=description`);
  const files = new Map((await filesOf(app, site, issue)).map(({ media, name }) => [media, name]));
  return listOf(body['fields']?.['description']?.['content']).map((block) => {
    const [first] = listOf(block['content']);
    if (String(block['type']) !== 'mediaSingle') return String(first?.['text'] ?? '');
    return `<${files.get(String(first?.['attrs']?.['id'])) ?? 'nothing'}>`;
  });
}

function ask(app: RunningApp, site: SiteKey, path: string, init: RequestInit): Promise<Response> {
  const { baseUrl, admin } = app.sites[site];
  const authorization = `Basic ${Buffer.from(`${admin.email}:${admin.token}`).toString('base64')}`;
  const headers = { ...(init.headers as Record<string, string> | undefined), authorization };
  return fetch(`${baseUrl}/rest/api/3/${path}`, { ...init, headers });
}
