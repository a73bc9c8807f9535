/** Checks a list of pairs here and asks the partner about the rest; nothing is made. */
import { keyIn, matchValue } from '#core/backfill/match-value';
import { readPairList } from '#core/backfill/pair-list';
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import { type Agreement, readAgreement } from '../pairs/agreement';
import { originalId } from '../pairs/pairs';
import type { Ports } from '../ports/ports';
import type { IssueRead } from '../ports/site';
import { postControl } from '../post-control';
import type { Connection } from '../rows/connection';
import { mostParts, type PairingEntry, pairingPartKey, partSize } from '../rows/pairing';
import { readBox } from '../stream/rows';
import { updateConnection } from '../update-connection';
import { hasPair, readByKey, searchAll, standing } from './candidates';

/** `keys`: two keys on each line. `keyInField`: a field here names the issue over there. `value`: a field says the same on both sites. */
export type PairingList =
  | { by: 'keys'; text: string }
  | { by: 'keyInField' | 'value'; jql: string; fieldId: string };

const jobBytes = 8;
/** Rows read at once. */
const width = 10;

/** An issue here and what names its twin. */
interface Named {
  mine: string;
  issue: IssueRead | undefined;
  theirs?: string;
  value?: string;
}

/** An earlier list that was only asked about is replaced. */
export async function previewPairing(
  ports: Ports,
  request: { id: string; list: PairingList },
): Promise<{ job: string; pairs: number }> {
  const row = await requireConnection(ports, request.id);
  if (row.phase !== 'joined' || row.agreedRevision === 0) {
    throw new Refusal(
      'notPossible',
      'Nothing is agreed yet: choose Configure, and agree with your partner first.',
    );
  }
  if (row.pairing?.job?.state === 'running') {
    throw new Refusal('notPossible', 'Pairs are being made. Wait until that is done, or cancel it.');
  }
  const agreement = await readAgreement(ports, row);
  const named = await nameAll(ports, agreement, request.list);
  if (named.length === 0) throw refuse('No issue was found that names a twin.');
  if (named.length > partSize * mostParts) {
    throw refuse(`At most ${partSize * mostParts} pairs at once. Split the list.`);
  }
  const entries = await checkAll(ports, row, agreement, named);
  return ask(ports, row, entries);
}

async function nameAll(ports: Ports, agreement: Agreement, list: PairingList): Promise<Named[]> {
  if (list.by === 'keys') {
    const read = readPairList(list.text);
    if (!read.ok) throw refuse(`No pair of issue keys in line ${read.lines.join(', ')}.`);
    const issues = await readByKey(
      ports,
      agreement,
      read.pairs.slice(0, partSize * mostParts).map(({ mine }) => mine),
    );
    if (!issues.ok) throw refuse(`Jira could not be asked: ${issues.failure.message}`);
    return read.pairs.map(({ mine, theirs }) => ({ mine, theirs, issue: issues.value.get(mine) }));
  }
  const found = await searchAll(ports, agreement, list);
  if (!found.ok) throw refuse(`Jira does not understand this query: ${found.failure.message}`);
  return found.value.flatMap((issue): Named[] => {
    const raw = issue.fields[list.fieldId];
    const theirs = list.by === 'keyInField' ? keyIn(raw) : undefined;
    const value = list.by === 'value' ? matchValue(raw) : undefined;
    if (theirs !== undefined) return [{ mine: issue.key, issue, theirs }];
    return value === undefined ? [] : [{ mine: issue.key, issue, value }];
  });
}

type Checked = PairingEntry & { mapping?: string; type?: string };

async function checkAll(
  ports: Ports,
  row: Connection,
  agreement: Agreement,
  named: readonly Named[],
): Promise<Checked[]> {
  const { body: box } = await readBox(ports, row.id);
  const names = (one: Named): string[] => [
    `mine ${one.mine}`,
    `theirs ${one.theirs ?? ''} ${one.value ?? ''}`,
  ];
  const times = new Map<string, number>();
  for (const name of named.flatMap(names)) times.set(name, (times.get(name) ?? 0) + 1);
  const check = async (one: Named): Promise<Checked> => {
    const { mine, theirs, value, issue } = one;
    const named_ = {
      mine,
      ...(theirs === undefined ? {} : { theirs }),
      ...(value === undefined ? {} : { value }),
    };
    if (names(one).some((name) => (times.get(name) ?? 0) > 1)) return { ...named_, no: 'twice' };
    const stands = standing(agreement, issue);
    if (!stands.ok || issue === undefined) return { ...named_, no: stands.ok ? 'unknown' : stands.no };
    if (await hasPair(ports, row.id, box.salt, issue.id)) return { ...named_, no: 'paired' };
    const pair = originalId(box.salt, 'issue', issue.id);
    return { ...named_, issueId: issue.id, pair, mapping: stands.mapping, type: stands.type };
  };
  const checked: Checked[] = [];
  for (let start = 0; start < named.length; start += width) {
    checked.push(...(await Promise.all(named.slice(start, start + width).map(check))));
  }
  return checked;
}

/** The lists are durable before anybody is asked about them. */
async function ask(
  ports: Ports,
  row: Connection,
  entries: readonly Checked[],
): Promise<{ job: string; pairs: number }> {
  const job = ports.random.id(jobBytes);
  const parts = Math.ceil(entries.length / partSize);
  const partOf = (part: number): readonly Checked[] => entries.slice(part * partSize, (part + 1) * partSize);
  for (let part = 0; part < parts; part += 1) {
    const kept = partOf(part).map(({ mapping: _mapping, type: _type, ...entry }): PairingEntry => entry);
    const key = pairingPartKey(row.id, part);
    const body = { job, entries: kept };
    await ports.store.transact([
      { op: 'set', table: 'issueIndex', key, body, group: row.id, rank: `pairing-${part}` },
    ]);
  }
  const at = ports.clock.now();
  await updateConnection(ports, row.id, (current) => ({
    ...current,
    pairing: { ...current.pairing, job: { id: job, at, parts, state: 'asked', part: 0 } },
  }));
  for (let part = 0; part < parts; part += 1) {
    const pairs = partOf(part).flatMap(({ pair, mapping, type, theirs, value, no }) =>
      no !== undefined || pair === undefined || mapping === undefined || type === undefined
        ? []
        : [
            {
              pair,
              mapping,
              type,
              ...(theirs === undefined ? {} : { key: theirs }),
              ...(value === undefined ? {} : { value }),
            },
          ],
    );
    if (pairs.length > 0) await postControl(ports, row.id, { op: 'pair.ask', job, part, pairs });
  }
  return { job, pairs: entries.length };
}

function refuse(message: string): Refusal {
  return new Refusal('invalid', message, { list: message });
}
