/** Brings two sites from nothing to Running, by the calls that the screens make. */
import type { EditorMapping, ExistingChoice } from '../../../src/api/views';
import type { Scope } from '../../../src/core/model/scope';
import type { RunningApp } from './running-app';

const showAll: Scope = { projects: { mode: 'all', ids: [] }, issueTypes: { mode: 'all', ids: [] } };

export interface AgreementOptions {
  /** Project keys. */
  acme?: string;
  globex?: string;
  existing?: { acme?: ExistingChoice; globex?: ExistingChoice };
  /** False: both stay stopped. */
  start?: boolean;
  /** Changes the matched mapping before it is published. */
  adjust?: (mapping: EditorMapping) => EditorMapping;
}

/** Invitation by URL through the directory, acceptance, words confirmed on both sites. Answers the id. */
export async function connect(app: RunningApp): Promise<string> {
  const { id } = await app.call('acme', 'invite', {
    name: 'Acme and Globex',
    description: '',
    partnerUrl: app.sites.globex.publicUrl,
    scope: showAll,
  });
  await app.settle();
  await app.call('globex', 'accept', { id, name: 'Globex and Acme', description: '', scope: showAll });
  await app.settle();
  await app.call('acme', 'confirmPartner', { id });
  await app.call('globex', 'confirmPartner', { id });
  await app.settle();
  return id;
}

/** Matched mapping of one project pair, published by acme, confirmed by globex, started on both. */
export async function agree(app: RunningApp, id: string, options: AgreementOptions = {}): Promise<void> {
  const editor = await app.call('acme', 'editor', { id });
  const mine = projectId(editor.mine.projects, options.acme ?? 'SUP');
  const theirs = projectId(editor.partner?.projects ?? [], options.globex ?? 'GSD');
  const matched = await app.call('acme', 'match', { id, mine, theirs });
  const mapping = options.adjust ? options.adjust(matched) : matched;
  const existing = options.existing ?? {};
  await app.call('acme', 'publish', {
    id,
    mappings: [mapping],
    note: 'First agreement.',
    existing: existing.acme ?? { mode: 'new' },
    startWhenAgreed: options.start ?? true,
  });
  await app.settle();
  const proposal = await app.call('globex', 'editor', { id });
  await app.call('globex', 'confirm', {
    id,
    revision: proposal.revision,
    mappings: proposal.mappings,
    existing: existing.globex ?? { mode: 'new' },
    startWhenAgreed: options.start ?? true,
  });
  await app.settle();
}

function projectId(projects: { id: string; key: string }[], key: string): string {
  const found = projects.find((project) => project.key === key);
  if (!found) throw new Error(`No project ${key} among ${projects.map((project) => project.key).join(', ')}`);
  return found.id;
}
