/** A page of the history, newest first: what travelled and what admins asked for, for everything or for one issue. */
import type { AuditBatch } from '#core/audit/entry';
import { type StoredEntry, storedEntrySchema } from '../audit/rows';
import { requireConnection } from '../connect/require-connection';
import { readAgreement } from '../pairs/agreement';
import type { Ports } from '../ports/ports';
import { actWords, factChanges } from './act-words';
import { gatherFacts } from './gather-facts';
import { type IssueFilter, issueFilter } from './issue-filter';
import { type LastSaid, type ShownMessage, showMessage } from './show-message';

const pageSize = 25;
/** Rows looked through at once for one issue. */
const scanSize = 100;
/** Ends in good order with this much time left, milliseconds. */
const reserveMs = 8_000;

export interface ShownHistory extends Omit<ShownMessage, 'seq'> {
  id: string;
  at: number;
  kind: 'sent' | 'received' | 'asked' | 'changed';
  seq?: number;
  who?: string;
}

export interface HistoryRequest {
  id: string;
  cursor?: string | undefined;
  issue?: string | undefined;
}

export async function listHistory(
  ports: Ports,
  request: HistoryRequest,
): Promise<{ entries: ShownHistory[]; cursor?: string }> {
  const connection = await requireConnection(ports, request.id);
  const filter = request.issue ? await issueFilter(ports, connection.id, request.issue) : undefined;
  const { found, cursor } = await scan(ports, request, filter);
  const agreement = await readAgreement(ports, connection);
  const facts = await gatherFacts(ports, agreement, {
    out: found.flatMap(({ audit }) => audit.out ?? []),
    in: found.flatMap(({ audit }) => audit.in ?? []),
  });
  const last: LastSaid = new Map();
  const names = await namesOf(ports, found);
  // Oldest first: what a message said is what stood there before the next one.
  const shown = [...found].reverse().flatMap(({ at, audit }) => {
    const { n, out = [], in: received = [], own } = audit;
    const message = (kind: 'sent' | 'received', batch: AuditBatch): ShownHistory[] => {
      const one = showMessage(facts, batch, { isSent: kind === 'sent', last });
      return one === undefined ? [] : [{ id: `${kind}-${n}-${batch.seq}`, at, kind, ...one }];
    };
    const acts: ShownHistory[] =
      own === undefined ? [] : showOwn({ id: `own-${n}`, at, issues: [], more: 0 }, own, names);
    return [
      ...acts,
      ...received.flatMap((batch) => message('received', batch)),
      ...out.flatMap((batch) => message('sent', batch)),
    ];
  });
  return { entries: shown.reverse(), ...(cursor === undefined ? {} : { cursor }) };
}

type Own = NonNullable<StoredEntry['audit']['own']>;

function showOwn(
  blank: Omit<ShownHistory, 'kind'>,
  own: Own,
  names: ReadonlyMap<string, string>,
): ShownHistory[] {
  if (own.act !== undefined) {
    const who = own.who === undefined ? undefined : (names.get(own.who) ?? own.who);
    return [{ ...blank, kind: 'asked', text: actWords(own), ...(who === undefined ? {} : { who }) }];
  }
  if (own.facts === undefined) return [];
  return [{ ...blank, kind: 'changed', issues: [{ key: '', changes: factChanges(own.facts) }] }];
}

/** Whole pages of the store, so that the next one begins where this one ended. */
async function scan(
  ports: Ports,
  { id, cursor: begin }: HistoryRequest,
  filter: IssueFilter | undefined,
): Promise<{ found: StoredEntry[]; cursor?: string }> {
  const found: StoredEntry[] = [];
  let cursor = begin;
  do {
    const listed = await ports.store.list({
      table: 'activity',
      group: id,
      order: 'descending',
      limit: filter === undefined ? pageSize : scanSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { body } of listed.rows) found.push(...(await entryOf(body, filter)));
    cursor = listed.cursor;
  } while (cursor !== undefined && found.length < pageSize && ports.budget.remainingMs() > reserveMs);
  return { found, ...(cursor === undefined ? {} : { cursor }) };
}

/** None: a line for people that is no entry, or one about other issues. */
async function entryOf(body: unknown, filter: IssueFilter | undefined): Promise<StoredEntry[]> {
  const { data } = storedEntrySchema.safeParse(body);
  if (data === undefined) return [];
  const kept = filter === undefined ? data : await filter(data);
  return kept === undefined ? [] : [kept];
}

/** Names of the people who asked; an account that Jira does not name stays what it is. */
async function namesOf(ports: Ports, found: readonly StoredEntry[]): Promise<Map<string, string>> {
  const accounts = new Set(found.flatMap(({ audit }) => audit.own?.who ?? []));
  const names = await Promise.all(
    [...accounts].map(async (id): Promise<[string, string] | undefined> => {
      const account = await ports.site.findAccount({ id });
      return account.ok && account.value !== undefined ? [id, account.value.name] : undefined;
    }),
  );
  return new Map(names.filter((name) => name !== undefined));
}
