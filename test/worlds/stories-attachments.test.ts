/** Stories of files: they cross once, whole, as agreed, whatever happens on the way. */

import type { AttachmentTerms } from '#core/model/attachment-terms';
import { largestFile } from '#core/model/attachment-terms';
import { rangeBytes } from '#core/protocol/attachment-operations';
import { retryProblems } from '#engine/retry-problems';
import { storySetting } from './setting';
import { link, noMischief, type Side, World } from './world';

const bytes = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 31) % 251);
const both: AttachmentTerms = { direction: 'both', deletions: 'delete' };

async function start(attachments: AttachmentTerms | undefined): Promise<World> {
  const [first, ...rest] = storySetting.contract.mappings;
  if (first === undefined) throw new Error('The stories need a mapping.');
  const mapping = attachments === undefined ? first : { ...first, attachments };
  const world = new World(1, {
    ...storySetting,
    contract: { ...storySetting.contract, mappings: [mapping, ...rest] },
  });
  await world.connectBoth();
  return world;
}

/** All files of a site, as people see them. */
function filesOf({ site }: Side) {
  return [...site.issues.keys()].flatMap((id) => site.files.of(id));
}

function names(side: Side): string[] {
  return filesOf(side).map(({ name }) => name);
}

function reasons(side: Side): string[] {
  const rows = side.store.rows('problem') as { body: { items: { reason: string }[] } }[];
  return rows.flatMap(({ body }) => body.items.map(({ reason }) => reason));
}

describe('files', () => {
  test('a file crosses whole, in ranges, and its copy does not come back', async () => {
    const world = await start(both);
    world.tellsOwn = true;
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    await world.run();
    const content = bytes(rangeBytes * 2 + 17);
    world.acme.site.files.attach('Ada', issue.id, 'smoke "1".png', content, 'image/png');
    await world.settle();
    const copies = filesOf(world.globex);
    expect(copies.map(({ name, mime, author }) => ({ name, mime, author }))).toEqual([
      { name: 'smoke "1".png', mime: 'image/png', author: 'app' },
    ]);
    expect(Buffer.from(copies[0]?.bytes ?? []).equals(Buffer.from(content))).toBe(true);
    expect(world.acme.site.calls['readFileRange']).toBe(3);
    expect(names(world.acme)).toHaveLength(1);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('an issue brings the files it has, and files of the other side come back', async () => {
    const world = await start(both);
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
    await world.settle();
    const twin = [...world.globex.site.issues.values()][0];
    world.globex.site.files.attach('Grace', twin?.id ?? '', 'b.txt', bytes(0));
    await world.settle();
    expect(names(world.acme).sort()).toEqual(['a.txt', 'b.txt']);
    expect(names(world.globex).sort()).toEqual(['a.txt', 'b.txt']);
  });

  test('a deleted original takes its copy with it only where that is agreed; a deleted copy nothing', async () => {
    for (const deletions of ['delete', 'ignore'] as const) {
      const world = await start({ direction: 'both', deletions });
      const issue = world.acme.site.people.create('Ada', 'Printer smokes');
      const gone = world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
      world.acme.site.files.attach('Ada', issue.id, 'kept.txt', bytes(11));
      await world.settle();
      world.acme.site.files.remove('Ada', gone.id);
      const copy = filesOf(world.globex).find(({ name }) => name === 'kept.txt');
      world.globex.site.files.remove('Grace', copy?.id ?? '');
      await world.settle();
      expect(names(world.globex)).toEqual(deletions === 'delete' ? [] : ['a.txt']);
      expect(names(world.acme)).toEqual(['kept.txt']);
    }
  });

  test('an upload whose answer is lost is found again, not repeated', async () => {
    const world = await start(both);
    world.tellsOwn = true;
    let isFirst = true;
    world.globex.site.losesAnswer = (call) => {
      const isLost = call === 'createFile' && isFirst;
      if (isLost) isFirst = false;
      return isLost;
    };
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
    world.acme.site.files.attach('Ada', issue.id, 'b.txt', bytes(10));
    await world.settle();
    expect(isFirst).toBe(false);
    expect(names(world.globex).sort()).toEqual(['a.txt', 'b.txt']);
    expect(names(world.acme)).toHaveLength(2);
    expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });

  test('an original that is deleted before anybody knows that its copy was made takes it along', async () => {
    for (const deletions of ['delete', 'ignore'] as const) {
      const world = await start({ direction: 'both', deletions });
      const issue = world.acme.site.people.create('Ada', 'Printer smokes');
      await world.settle();
      let isLost = false;
      world.globex.site.losesAnswer = (call) => {
        if (call !== 'createFile' || isLost) return false;
        isLost = true;
        world.acme.site.files.remove('Ada', file.id);
        return true;
      };
      const file = world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
      await world.settle();
      expect(isLost).toBe(true);
      expect(names(world.globex)).toEqual(deletions === 'delete' ? [] : ['a.txt']);
      expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
    }
  });

  test('an original that is deleted while its copy is fetched leaves no problem, whichever side speaks first', async () => {
    for (const isLate of [false, true]) {
      const world = await start(both);
      const issue = world.acme.site.people.create('Ada', 'Printer smokes');
      await world.settle();
      const file = world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
      let [isDeleted, isLost] = [false, false];
      world.acme.site.failure = (call) => {
        if (call === 'readFileRange' && !isDeleted) {
          isDeleted = true;
          world.acme.site.files.remove('Ada', file.id);
        }
        return undefined;
      };
      // What globex says of that comes when acme has sent its deletion.
      const fate = () => {
        if (!isDeleted || isLost) return 'arrives';
        isLost = true;
        return 'requestLost';
      };
      world.mischief = { ...noMischief, ...(isLate && { fate }) };
      await world.settle();
      expect([isDeleted, isLost]).toEqual([true, isLate]);
      expect(names(world.globex)).toEqual([]);
      expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
    }
  });

  test('what Jira refuses waits with its reason on both sides, and comes on request', async () => {
    const world = await start(both);
    const message = 'You do not have permission to create attachments for this issue.';
    world.globex.site.failure = (call) => (call === 'createFile' ? { kind: 'denied', message } : undefined);
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
    await world.settle();
    expect([...reasons(world.acme), ...reasons(world.globex)]).toEqual([message, message]);
    world.globex.site.failure = () => undefined;
    await retryProblems(world.globex.ports(), { id: link });
    await world.settle();
    expect(names(world.globex)).toEqual(['a.txt']);
    expect(reasons(world.globex)).toEqual([]);
  });

  test('one byte more than the app can hold waits with a clear reason', async () => {
    const world = await start(both);
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    world.acme.site.files.attach('Ada', issue.id, 'film.mp4', new Uint8Array(largestFile + 1));
    await world.settle();
    expect(names(world.globex)).toEqual([]);
    expect(reasons(world.globex)).toEqual([
      expect.stringContaining(`larger than ${largestFile / 1024 / 1024} MB`),
    ]);
    expect(reasons(world.acme)).toEqual(reasons(world.globex));
  });

  test('without an agreement, or against it, nothing is offered and nothing given', async () => {
    const terms = { direction: 'toPrimary', deletions: 'ignore' } as const;
    for (const world of [await start(undefined), await start(terms)]) {
      const issue = world.acme.site.people.create('Ada', 'Printer smokes');
      world.acme.site.files.attach('Ada', issue.id, 'a.txt', bytes(10));
      await world.settle();
      expect(names(world.globex)).toEqual([]);
      expect(world.acme.site.calls['listFiles']).toBeUndefined();
      expect(world.tidy()).toEqual({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
    }
  });
});
