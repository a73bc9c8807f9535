/** What the memory site answers of an issue, and its history as Jira tells it: ids where a field has ids, else plain texts. */
import type { HistoryEntry } from '#core/model/history';
import { adfSchema } from '#core/model/value';
import type { IssueRead, LocalFields } from '#engine/ports/site';
import { same } from './site-answers';

/** An issue of the memory site, without what hangs on it. */
type Bare = Omit<IssueRead, 'comments' | 'history'>;

/** As Jira sends along with an issue: the newest ones only. */
const mostSent = 40;

const histories = new WeakMap<Bare, HistoryEntry[]>();
/** The newest change of an issue when it was last read. */
const seen = new WeakMap<Bare, number>();
let lastId = 10_000;

/** To be called before the change is made; fields that stay as they are leave no trace, as in Jira. */
export function noteChange(issue: Bare, who: string, fields: LocalFields, at: number): void {
  const current: LocalFields = { ...issue.fields, status: { id: issue.statusId } };
  const changed = Object.keys(fields).filter((id) => !same(current[id] ?? null, fields[id] ?? null));
  if (changed.length === 0) return;
  lastId += 1;
  const byPerson = who === 'app' ? {} : { isByPerson: true as const };
  const entry = {
    id: lastId,
    at,
    who,
    ...byPerson,
    fields: changed.map((fieldId) => said(fieldId, current[fieldId])),
  };
  histories.set(issue, [entry, ...(histories.get(issue) ?? [])]);
}

/** The fields that were asked for; an empty one is null, as in Jira. */
export function read(issue: Bare, fields: readonly string[]): IssueRead {
  seen.set(issue, histories.get(issue)?.[0]?.id ?? 0);
  const all: LocalFields = { issuelinks: [], ...issue.fields, status: { id: issue.statusId } };
  const { id, key, projectId, typeId, statusId, restricted, createdAt, updatedAt, marks } = issue;
  const picked = Object.fromEntries(fields.map((name) => [name, all[name] ?? null]));
  const about = { id, key, projectId, typeId, statusId, restricted, createdAt, updatedAt, marks };
  const archived = issue.archived === true ? { archived: true } : {};
  return { ...about, fields: picked, ...archived };
}

/** A write that changes nothing, unless somebody wrote one of these fields after the issue was last read. */
export function isEcho(issue: Bare, fields: LocalFields): boolean {
  const since = (histories.get(issue) ?? []).filter(({ id }) => id > (seen.get(issue) ?? 0));
  const isOvertaken = since.some((entry) => entry.fields.some(({ fieldId }) => fieldId in fields));
  return !isOvertaken && Object.entries(fields).every(([id, value]) => same(issue.fields[id], value));
}

export function withHistory(issue: Bare, read: IssueRead): IssueRead {
  return { ...read, history: (histories.get(issue) ?? []).slice(0, mostSent) };
}

function said(fieldId: string, value: unknown): HistoryEntry['fields'][number] {
  if (value === null || value === undefined) return { fieldId, from: null, fromText: null };
  if (Array.isArray(value)) return saidOfMany(fieldId, value);
  const document = adfSchema.safeParse(value);
  if (document.success) return { fieldId, from: null, fromText: plain(document.data) };
  if (typeof value === 'object' && 'id' in value) {
    return { fieldId, from: String(value.id), fromText: `Name of ${String(value.id)}` };
  }
  return { fieldId, from: null, fromText: String(value) };
}

/** Labels as texts, options with their ids. */
function saidOfMany(fieldId: string, values: readonly unknown[]): HistoryEntry['fields'][number] {
  const ids = values.flatMap((one) =>
    typeof one === 'object' && one !== null && 'id' in one ? [one.id] : [],
  );
  if (ids.length < values.length) return { fieldId, from: null, fromText: values.join(' ') };
  const text = ids.map((id) => `Name of ${String(id)}`).join(',');
  return { fieldId, from: `[${ids.join(', ')}]`, fromText: text };
}

function plain(node: unknown): string {
  const { text, content } = node as { text?: string; content?: unknown[] };
  return text ?? (content ?? []).map(plain).join('\n');
}
