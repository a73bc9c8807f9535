/** Stories of files with a partner that lies, asks for too much, or does not answer. */
import type { AttachmentTerms } from '#core/model/attachment-terms';
import { rangeBytes } from '#core/protocol/attachment-operations';
import { onRange } from '#engine/attachments/on-range';
import { keyNameOf } from '#engine/handshake/invitation-secrets';
import { type Connection, connectionSchema } from '#engine/rows/connection';
import { partnerOf } from '#engine/stream/envelopes';
import { good } from '../support/site-answers';
import { storySetting } from './setting';
import { link, type Side, World } from './world';

const both: AttachmentTerms = { direction: 'both', deletions: 'ignore' };
const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7) % 251);

async function start(): Promise<World> {
  const [first, ...rest] = storySetting.contract.mappings;
  if (first === undefined) throw new Error('The stories need a mapping.');
  const mappings = [{ ...first, attachments: both }, ...rest];
  const world = new World(1, { ...storySetting, contract: { ...storySetting.contract, mappings } });
  await world.connectBoth();
  return world;
}

function names({ site }: Side): string[] {
  return [...site.issues.keys()].flatMap((id) => site.files.of(id).map(({ name }) => name)).sort();
}

function reasons(side: Side): string[] {
  const rows = side.store.rows('problem') as { body: { items: { reason: string }[] } }[];
  return rows.flatMap(({ body }) => body.items.map(({ reason }) => reason));
}

function connectionOf({ store }: Side): Connection {
  const rows = store.rows('connection') as { key: string; body: unknown }[];
  const row = rows.find(({ key }) => key.includes(link));
  return connectionSchema.parse(row?.body);
}

/** Ids of originals and copies by file name. */
function twins({ store }: Side): Map<string, { id: string; origin: string }> {
  const rows = store.rows('attachmentTwin') as { key: string; body: { name?: string; origin?: string } }[];
  const named = rows.flatMap(({ key, body: { name, origin } }) =>
    name === undefined || origin === undefined
      ? []
      : [[name, { id: key.slice(link.length + 1), origin }] as const],
  );
  return new Map(named);
}

/** What `to` answers to a range that `from` asks for; undefined: nothing at all. */
async function ask(from: Side, to: Side, range: object): Promise<unknown> {
  const row = connectionOf(from);
  const partner = partnerOf(row);
  if (partner === undefined) throw new Error('There is no partner.');
  const ids = { link, from: row.keyId, to: partner.keyId };
  const request = JSON.stringify({ v: 1, kind: 'range', ...ids, nonce: 'nonce000000', ...range });
  const { sealer } = from.ports();
  const sealed = await sealer.seal(keyNameOf(link), partner.publicKey, request);
  const answer = await onRange(to.ports(), connectionOf(to), sealed);
  if (answer === undefined) return undefined;
  const opened = await sealer.open(keyNameOf(link), partner.publicKey, answer);
  const { data, refused } = JSON.parse(opened.ok ? opened.text : '{}') as Record<string, string>;
  return refused ?? Buffer.from(data ?? '', 'base64').byteLength;
}

describe('a partner that asks for too much', () => {
  let world: World;
  let file: string;
  let copy: string;
  let issueId: string;
  beforeAll(async () => {
    world = await start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    issueId = issue.id;
    world.acme.site.files.attach('Ada', issueId, 'a.txt', bytes(100));
    await world.settle();
    const twin = [...world.globex.site.issues.values()][0];
    world.globex.site.files.attach('Grace', twin?.id ?? '', 'b.txt', bytes(50));
    await world.settle();
    file = twins(world.acme).get('a.txt')?.id ?? '';
    copy = twins(world.acme).get('b.txt')?.id ?? '';
  });
  const asked = (range: object) => ask(world.globex, world.acme, range);

  test('gets what was offered', async () => {
    expect(await asked({ attachment: file, offset: 0, length: 100 })).toBe(100);
    expect(await asked({ attachment: file, offset: 90, length: 10 })).toBe(10);
  });

  test.each([
    ['beyond the end', { offset: 90, length: 11 }],
    ['far beyond it', { offset: 2 ** 40, length: 1 }],
  ])('is told nothing %s', async (_where, range) => {
    expect(await asked({ attachment: file, ...range })).toBe('gone');
  });

  test.each([
    ['a negative offset', { offset: -1, length: 10 }],
    ['no length', { offset: 0, length: 0 }],
    ['half a byte', { offset: 0.5, length: 10 }],
    ['more than a range', { offset: 0, length: rangeBytes + 1 }],
    ['a name that is no id', { attachment: '../10000', offset: 0, length: 1 }],
  ])('gets no answer to %s', async (_what, range) => {
    expect(await asked({ attachment: file, ...range })).toBeUndefined();
  });

  test('gets neither files that were never offered nor copies of its own', async () => {
    expect(await asked({ attachment: 'a'.repeat(32), offset: 0, length: 1 })).toBe('gone');
    expect(await asked({ attachment: copy, offset: 0, length: 1 })).toBe('gone');
    expect(await asked({ attachment: `media:${'0'.repeat(20)}`, offset: 0, length: 1 })).toBeUndefined();
  });

  test('gets nothing under the name of another connection', async () => {
    expect(
      await asked({ link: 'another0connection', attachment: file, offset: 0, length: 1 }),
    ).toBeUndefined();
    expect(await asked({ to: 'f'.repeat(64), attachment: file, offset: 0, length: 1 })).toBeUndefined();
  });

  test('gets nothing of an issue that is restricted now', async () => {
    const issue = world.acme.site.issues.get(issueId);
    if (issue !== undefined) issue.restricted = true;
    expect(await asked({ attachment: file, offset: 0, length: 1 })).toBe('gone');
    if (issue !== undefined) issue.restricted = false;
  });
});

test.each([
  ['fewer', 4],
  ['more', 400],
])('a file of which %s bytes come than were said is not written', async (_what, length) => {
  const world = await start();
  world.acme.site.readFileRange = async () => good(bytes(length));
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(40));
  await world.settle();
  expect(names(world.globex)).toEqual([]);
  expect(reasons(world.globex)).toEqual([expect.stringContaining('does not have this file')]);
});

test('a file that cannot be fetched waits by itself: everything else goes on, and it comes when it can', async () => {
  const world = await start();
  const { people, files } = world.acme.site;
  const issue = people.create('Ada', 'Printer smokes');
  await world.settle();
  let isDown = true;
  world.acme.site.failure = (call, { fileId }) =>
    call === 'readFileRange' && isDown && fileId !== undefined
      ? { kind: 'unavailable', message: 'Bad gateway' }
      : undefined;
  files.attach('Ada', issue.id, 'a.txt', bytes(10));
  await world.run();
  people.edit('Ada', issue.id, { summary: 'Printer burns' });
  await world.run();
  const twin = [...world.globex.site.issues.values()][0];
  expect(twin?.fields['summary']).toBe('Printer burns');
  expect(names(world.globex)).toEqual([]);
  isDown = false;
  await world.settle();
  expect(names(world.globex)).toEqual(['a.txt']);
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});

test('names mean nothing to a file system, and two files of one name are two files', async () => {
  const world = await start();
  const { people, files } = world.acme.site;
  const issue = people.create('Ada', 'Printer smokes');
  const long = `${'x'.repeat(300)}.tar`;
  for (const name of [
    '../../etc/passwd',
    'C:\\boot.ini',
    'line\nbreak\u0000.txt',
    '',
    long,
    'twice.txt',
    'twice.txt',
  ])
    files.attach('Ada', issue.id, name, bytes(name.length));
  await world.settle();
  expect(names(world.globex)).toEqual(
    [
      '.._.._etc_passwd',
      'C:_boot.ini',
      'line_break_.txt',
      'file',
      `${'x'.repeat(251)}.tar`,
      'twice.txt',
      'twice.txt',
    ].sort(),
  );
  expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
});
