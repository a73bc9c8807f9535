/** Stories of texts that show files: pictures cross with their text, and no edit on either site costs a file. */

import type { AdfNode } from '#core/merge/normalise-adf';
import type { AttachmentTerms } from '#core/model/attachment-terms';
import { largestFile } from '#core/model/attachment-terms';
import type { Adf } from '#core/model/value';
import type { MemoryFile } from '../support/memory-files';
import { mediaIdsOf } from '../support/memory-files';
import type { MemoryIssue } from '../support/memory-site';
import { storySetting } from './setting';
import { type Side, World } from './world';

const terms: AttachmentTerms = { direction: 'both', deletions: 'ignore' };

async function start(attachments: AttachmentTerms | null = terms): Promise<World> {
  const [first, ...rest] = storySetting.contract.mappings;
  if (first === undefined) throw new Error('The stories need a mapping.');
  const mappings = [{ ...first, ...(attachments === null ? {} : { attachments }) }, ...rest];
  const world = new World(1, { ...storySetting, contract: { ...storySetting.contract, mappings } });
  await world.connectBoth();
  return world;
}

const p = (text: string): AdfNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const show = ({ mediaId, name }: MemoryFile): AdfNode => ({
  type: 'mediaSingle',
  attrs: { layout: 'center' },
  content: [{ type: 'media', attrs: { type: 'file', id: mediaId, collection: '', alt: name } }],
});
const doc = (...content: AdfNode[]): Adf => ({
  type: 'doc',
  version: 1,
  content: content as Adf['content'],
});

const bytes = (seed: number) => Uint8Array.from({ length: 40 + seed }, (_, index) => (index * seed) % 251);

function attach({ site }: Side, issue: MemoryIssue, name: string, content = bytes(name.length)): MemoryFile {
  return site.files.attach('Ada', issue.id, name, content, 'image/png');
}

function only({ site }: Side): MemoryIssue {
  const [issue, ...more] = [...site.issues.values()];
  if (issue === undefined || more.length > 0) throw new Error('One issue was expected.');
  return issue;
}

const twinOf = (world: World, side: Side): MemoryIssue => only(world.other(side));

function names({ site }: Side): string[] {
  return [...site.issues.keys()].flatMap((id) => site.files.of(id).map(({ name }) => name)).sort();
}

/** What a text says, with the names of the files that are really behind its pictures. */
function told({ site }: Side, text: unknown): string[] {
  const files = [...site.issues.keys()].flatMap((id) => site.files.of(id));
  return ((text as Adf | null)?.content ?? []).map((block) => {
    const [media] = mediaIdsOf(block);
    if (media !== undefined) return `<${files.find(({ mediaId }) => mediaId === media)?.name ?? 'nothing'}>`;
    const { content = [] } = block as AdfNode;
    return content.map(({ text: words }) => words ?? '').join('');
  });
}

const description = (side: Side): string[] => told(side, only(side).fields['description']);
const tidy = { dirty: 0, outbox: 0, inbox: 0, problems: [] };

/** An issue whose description shows one picture, here and there. */
async function withPicture(
  attachments?: AttachmentTerms,
): Promise<{ world: World; issue: MemoryIssue; file: MemoryFile }> {
  const world = await start(attachments);
  const issue = world.acme.site.people.create('Ada', 'Printer smokes');
  const file = attach(world.acme, issue, 'smoke.png');
  world.acme.site.people.edit('Ada', issue.id, { description: doc(p('Look:'), show(file), p('Bad.')) });
  await world.settle();
  return { world, issue, file };
}

function edit(side: Side, change: (blocks: AdfNode[]) => AdfNode[]): void {
  const issue = only(side);
  const blocks = ((issue.fields['description'] as Adf | null)?.content ?? []) as AdfNode[];
  side.site.people.edit('Grace', issue.id, { description: doc(...change(structuredClone(blocks))) });
}

describe('pictures in texts', () => {
  test('a new text waits for its picture and shows the copy by its own media id', async () => {
    const { world } = await withPicture();
    expect(description(world.globex)).toEqual(['Look:', '<smoke.png>', 'Bad.']);
    expect(description(world.acme)).toEqual(description(world.globex));
    expect(names(world.globex)).toEqual(['smoke.png']);
    expect(world.tidy()).toEqual(tidy);
  });

  test('an edit next to a picture leaves both files where they are, in either direction', async () => {
    const { world } = await withPicture();
    edit(world.acme, (blocks) => [...blocks, p('More.')]);
    await world.settle();
    edit(world.globex, (blocks) => [p('First.'), ...blocks]);
    await world.settle();
    expect(description(world.acme)).toEqual(['First.', 'Look:', '<smoke.png>', 'Bad.', 'More.']);
    expect(description(world.globex)).toEqual(description(world.acme));
    expect([names(world.acme), names(world.globex)]).toEqual([['smoke.png'], ['smoke.png']]);
    expect(world.tidy()).toEqual(tidy);
  });

  test('pictures added on both sites at once are shown on both, and no file is lost', async () => {
    const { world } = await withPicture();
    const left = attach(world.acme, only(world.acme), 'left.png');
    const right = attach(world.globex, only(world.globex), 'right.png');
    edit(world.acme, (blocks) => [show(left), ...blocks]);
    edit(world.globex, (blocks) => [...blocks, show(right)]);
    await world.settle();
    const all = ['left.png', 'right.png', 'smoke.png'];
    expect(description(world.acme)).toEqual(['<left.png>', 'Look:', '<smoke.png>', 'Bad.', '<right.png>']);
    expect(description(world.globex)).toEqual(description(world.acme));
    expect([names(world.acme), names(world.globex)]).toEqual([all, all]);
    expect(world.tidy()).toEqual(tidy);
  });

  test('edits that touch: the text of one site wins, the files of both stay', async () => {
    const { world } = await withPicture();
    const left = attach(world.acme, only(world.acme), 'left.png');
    const right = attach(world.globex, only(world.globex), 'right.png');
    edit(world.acme, ([first, , last]) => [first, show(left), last].filter((one) => one !== undefined));
    edit(world.globex, ([first, , last]) => [first, show(right), last].filter((one) => one !== undefined));
    // Each took the first picture out of its own text, and Jira deleted it.
    expect([names(world.acme), names(world.globex)]).toEqual([['left.png'], ['right.png']]);
    await world.settle();
    const both = ['left.png', 'right.png'];
    expect([names(world.acme), names(world.globex)]).toEqual([both, both]);
    expect(world.tidy().problems).toEqual([]);
  });

  test.each(['ignore', 'delete'] as const)(
    'a picture taken out over there, deletions: %s',
    async (deletions) => {
      const { world } = await withPicture({ direction: 'both', deletions });
      edit(world.acme, ([first, , last]) => [first, last].filter((one) => one !== undefined));
      await world.settle();
      expect(names(world.acme)).toEqual([]);
      expect(description(world.acme)).toEqual(['Look:', 'Bad.']);
      if (deletions === 'delete') {
        expect([description(world.globex), names(world.globex)]).toEqual([['Look:', 'Bad.'], []]);
      } else {
        const kept = 'Files that were taken out of this text on the partner site:';
        expect(description(world.globex)).toEqual(['Look:', 'Bad.', kept, '<smoke.png>']);
        expect(names(world.globex)).toEqual(['smoke.png']);
      }
      // What is kept here does not come back as an edit, and edits go on.
      edit(world.globex, ([first, ...more]) => [
        ...(first === undefined ? [] : [first]),
        p('Gone?'),
        ...more,
      ]);
      await world.settle();
      expect(description(world.acme)).toEqual(['Look:', 'Gone?', 'Bad.']);
      expect(world.tidy()).toEqual(tidy);
    },
  );

  test('a picture that is too large is a name in the text, which goes on both ways without costing it', async () => {
    const world = await start();
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    const film = attach(world.acme, issue, 'film.mp4', new Uint8Array(largestFile + 1));
    world.acme.site.people.edit('Ada', issue.id, { description: doc(p('Look:'), show(film)) });
    await world.settle();
    expect(description(world.globex)).toEqual(['Look:', '[film.mp4]']);
    edit(world.globex, (blocks) => [...blocks, p('I cannot see it.')]);
    await world.settle();
    expect(description(world.acme)).toEqual(['Look:', '<film.mp4>', 'I cannot see it.']);
    expect(names(world.acme)).toEqual(['film.mp4']);
  });

  test('a comment waits for its picture, and follows when another one is shown', async () => {
    const world = await start();
    const { people } = world.acme.site;
    const issue = people.create('Ada', 'Printer smokes');
    await world.settle();
    const file = attach(world.acme, issue, 'smoke.png');
    const comment = people.comment('Ada', issue.id, doc(p('Look:'), show(file)));
    await world.settle();
    const copy = () => told(world.globex, twinOf(world, world.acme).comments[0]?.body);
    expect(copy()).toEqual(['Ada wrote:', 'Look:', '<smoke.png>']);
    const next = attach(world.acme, issue, 'fire.png');
    people.editComment('Ada', issue.id, comment.id, doc(p('Look:'), show(next)));
    await world.settle();
    expect(copy().slice(0, 3)).toEqual(['Ada wrote:', 'Look:', '<fire.png>']);
    // The picture that the copy does not show any more is still there.
    expect(names(world.globex)).toEqual(['fire.png', 'smoke.png']);
    expect(world.tidy()).toEqual(tidy);
  });

  test('a file that is not agreed is a name in the text and stays at its site', async () => {
    const world = await start(null);
    const issue = world.acme.site.people.create('Ada', 'Printer smokes');
    const file = attach(world.acme, issue, 'smoke.png');
    world.acme.site.people.edit('Ada', issue.id, { description: doc(p('Look:'), show(file)) });
    await world.settle();
    expect(description(world.globex)).toEqual(['Look:', '[smoke.png]']);
    edit(world.globex, () => [p('All new.')]);
    await world.settle();
    expect(names(world.acme)).toEqual(['smoke.png']);
    expect(description(world.acme)[0]).toBe('All new.');
    expect(world.acme.site.calls['readMediaId']).toBeUndefined();
  });
});
