/** Rich text on its way between sites: always valid, always the same, and nothing that is here is dropped. */
import fc from 'fast-check';
import { nobodyHere } from '#core/mapping/here';
import { richTextKind } from '#core/mapping/kinds/rich-text';
import { keptTitle } from '#core/mapping/rich-text/kept-files';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import { equalValues } from '#core/merge/equal-values';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Adf, FieldValue } from '#core/model/value';
import { adfErrors } from '../../../support/adf-validity';
import { paragraphs } from '../../../support/values';

const seed = 20261121;

const spot = {
  field: { id: 's', kind: 'richText', label: 'Text', direction: 'both', policy: 'newest' } as const,
  binding: { slot: 's', fieldId: 'f' },
  here: nobodyHere,
  known: [],
};

function richTextToContract(raw: unknown) {
  return richTextKind.toContract(raw, spot);
}
function richTextToLocal(value: FieldValue, current: unknown) {
  return richTextKind.toLocal(value, spot, current);
}

function doc(...content: AdfNode[]): Adf {
  return { type: 'doc', version: 1, content: content as Adf['content'] };
}
function p(...content: AdfNode[]): AdfNode {
  return { type: 'paragraph', content };
}
function t(text: string, ...marks: AdfNode[]): AdfNode {
  return { type: 'text', text, ...(marks.length === 0 ? {} : { marks }) };
}
const mention: AdfNode = { type: 'mention', attrs: { id: 'acc-1', text: '@Ada Winter' } };
const picture: AdfNode = {
  type: 'mediaSingle',
  attrs: { layout: 'center' },
  content: [{ type: 'media', attrs: { id: 'file-1', type: 'file', collection: 'c', alt: 'plan.png' } }],
};

function toValue(raw: Adf | null): FieldValue {
  const result = richTextToContract(raw);
  if (!result.ok) throw new Error(result.unmapped);
  return result.value;
}

const replaced: { what: string; from: Adf; to: AdfNode[] }[] = [
  {
    what: 'a mention becomes the plain name',
    from: doc(p(t('Ask '), mention)),
    to: [p(t('Ask @Ada Winter'))],
  },
  {
    what: 'a mention without a name gives no account away',
    from: doc(p({ type: 'mention', attrs: { id: 'acc-1' } })),
    to: [p(t('@someone'))],
  },
  { what: 'a picture becomes its name', from: doc(picture), to: [p(t('[plan.png]'))] },
  {
    what: 'an emoji becomes its character',
    from: doc(p({ type: 'emoji', attrs: { shortName: ':smile:', id: '1f604', text: '😄' } })),
    to: [p(t('😄'))],
  },
  {
    what: 'a smart link becomes a link',
    from: doc(p({ type: 'inlineCard', attrs: { url: 'https://acme.atlassian.net/browse/A-1' } })),
    to: [
      p(
        t('https://acme.atlassian.net/browse/A-1', {
          type: 'link',
          attrs: { href: 'https://acme.atlassian.net/browse/A-1' },
        }),
      ),
    ],
  },
  {
    what: 'a link that runs a script is only text',
    from: doc(p(t('click', { type: 'link', attrs: { href: 'javascript:alert(1)' } }))),
    to: [p(t('click'))],
  },
  {
    what: 'a node nobody knows is shown by its text',
    from: doc({ type: 'hologram', content: [p(t('inside'))] }),
    to: [p(t('inside'))],
  },
  {
    what: 'columns are shown one after the other',
    from: doc({
      type: 'layoutSection',
      content: [
        { type: 'layoutColumn', attrs: { width: 50 }, content: [p(t('left'))] },
        { type: 'layoutColumn', attrs: { width: 50 }, content: [p(t('right'))] },
      ],
    }),
    to: [p(t('left')), p(t('right'))],
  },
];

test.each(replaced)('$what', ({ from, to }) => {
  const portable = toPortable(from);
  expect(portable?.content).toEqual(to);
  expect(adfErrors(portable)).toEqual([]);
});

describe('writing back', () => {
  test('blocks left alone keep their mentions and files', () => {
    const here = doc(p(t('Ask '), mention), picture, p(t('end')));
    const agreed = toValue(doc(p(t('Ask '), mention), picture, p(t('the end'))));
    expect(richTextToLocal(agreed, here)).toEqual({
      ok: true,
      raw: doc(p(t('Ask '), mention), picture, p(t('the end'))),
    });
  });

  test('a block that changed keeps the mentions, emoji and links whose words still stand', () => {
    const card: AdfNode = { type: 'inlineCard', attrs: { url: 'https://acme.atlassian.net/browse/A-1' } };
    const smile: AdfNode = { type: 'emoji', attrs: { shortName: ':smile:', text: '😄' } };
    const here = doc(p(t('Ask '), mention, t(' about '), card, smile), p(t('end')));
    const agreed = toValue(doc(p(t('Please ask '), mention, t(' soon about '), card), p(t('end'))));
    expect(richTextToLocal(agreed, here)).toEqual({
      ok: true,
      raw: doc(p(t('Please ask '), mention, t(' soon about '), card), p(t('end'))),
    });
  });

  test('a file among the text stays when the words around it change', () => {
    const file: AdfNode = { type: 'mediaInline', attrs: { id: 'f', collection: '', alt: 'log.txt' } };
    const agreed = toValue(doc(p(t('See '), file, t(' now'))));
    expect(richTextToLocal(agreed, doc(p(t('See '), file)))).toEqual({
      ok: true,
      raw: doc(p(t('See '), file, t(' now'))),
    });
  });

  test('a file that the new text does not show stays at its end, and is no part of what the text says', () => {
    const result = richTextToLocal(toValue(paragraphs('all new')), doc(picture, p(t('end'))));
    expect(result).toEqual({ ok: true, raw: doc(p(t('all new')), p(t(keptTitle)), picture) });
    expect(result.ok && toValue(result.raw as Adf)).toEqual(toValue(paragraphs('all new')));
    expect(result.ok && richTextToLocal(toValue(paragraphs('newer')), result.raw)).toEqual({
      ok: true,
      raw: doc(p(t('newer')), p(t(keptTitle)), picture),
    });
  });

  test('emptying a text with a file keeps the file', () => {
    const result = richTextToLocal({ t: 'adf', v: null }, doc(picture));
    expect(result).toEqual({ ok: true, raw: doc(p(t(keptTitle)), picture) });
    expect(result.ok && toValue(result.raw as Adf)).toEqual({ t: 'adf', v: null });
    expect(richTextToLocal({ t: 'adf', v: null }, paragraphs('x'))).toEqual({ ok: true, raw: null });
  });

  test('tasks get the ids that the format demands', () => {
    const tasks = doc({
      type: 'taskList',
      attrs: { localId: 'a' },
      content: [{ type: 'taskItem', attrs: { localId: 'b', state: 'TODO' }, content: [t('do it')] }],
    });
    const written = richTextToLocal(toValue(tasks), null);
    expect(written.ok && adfErrors(written.raw)).toEqual([]);
    expect(written.ok && equalValues(toValue(written.raw as Adf), toValue(tasks))).toBe(true);
  });
});

const word = fc.constantFrom('alpha', 'beta', 'gamma ', ' delta', '');
const mark = fc.constantFrom<AdfNode>(
  { type: 'strong' },
  { type: 'em' },
  { type: 'textColor', attrs: { color: '#ff0000' } },
  { type: 'link', attrs: { href: 'https://example.com', title: 'x' } },
  { type: 'annotation', attrs: { id: 'z', annotationType: 'inlineComment' } },
  { type: 'sparkle' },
);
const inline: fc.Arbitrary<AdfNode> = fc.oneof(
  fc
    .tuple(word, fc.uniqueArray(mark, { maxLength: 2, selector: ({ type }) => type }))
    .map(([w, m]) => t(w, ...m)),
  fc.constantFrom<AdfNode>(
    mention,
    { type: 'hardBreak' },
    { type: 'status', attrs: { text: 'ok', color: 'green', localId: 'q', style: '' } },
    { type: 'date', attrs: { timestamp: '1700000000000' } },
    { type: 'emoji', attrs: { shortName: ':x:' } },
    { type: 'inlineCard', attrs: { url: 'https://example.com/a b' } },
    { type: 'mediaInline', attrs: { id: 'f2', collection: '' } },
    { type: 'wormhole', attrs: { deep: { er: 1 } } },
  ),
);
const line = fc.array(inline, { maxLength: 4 });
const { block } = fc.letrec<{ block: AdfNode; item: AdfNode }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    line.map((content) => p(...content)),
    line.map((content): AdfNode => ({ type: 'heading', attrs: { level: 2, localId: 'h' }, content })),
    word.map((w): AdfNode => ({ type: 'codeBlock', attrs: { language: 'ts' }, content: [t(w)] })),
    fc.constantFrom<AdfNode>(
      { type: 'rule' },
      picture,
      { type: 'blockCard', attrs: { url: 'https://example.com' } },
      { type: 'extension', attrs: { extensionKey: 'toc', extensionType: 'x' } },
    ),
    fc.array(tie('item'), { maxLength: 2 }).map((content): AdfNode => ({ type: 'bulletList', content })),
    line.map(
      (content): AdfNode => ({
        type: 'taskList',
        attrs: { localId: '1' },
        content: [{ type: 'taskItem', attrs: { localId: '2', state: 'DONE' }, content }],
      }),
    ),
    line.map(
      (content): AdfNode => ({
        type: 'table',
        attrs: { layout: 'center', width: 900 },
        content: [
          {
            type: 'tableRow',
            content: [{ type: 'tableCell', attrs: { colwidth: [1] }, content: [p(...content)] }],
          },
        ],
      }),
    ),
    line.map(
      (content): AdfNode => ({ type: 'panel', attrs: { panelType: 'info' }, content: [p(...content)] }),
    ),
  ),
  item: line.map((content): AdfNode => ({ type: 'listItem', content: [p(...content), picture] })),
}));
const documents = fc.array(block, { maxLength: 5 }).map((content) => doc(...content));

test('whatever a site holds, what is sent is valid and sending it on changes nothing', () => {
  fc.assert(
    fc.property(documents, (raw) => {
      const portable = toPortable(raw);
      const written = richTextToLocal({ t: 'adf', v: portable }, null);
      expect(written.ok).toBe(true);
      if (written.ok && written.raw !== null) expect(adfErrors(written.raw)).toEqual([]);
      expect(toPortable(portable)).toEqual(portable);
      expect(written.ok && equalValues(toValue(written.raw as Adf | null), { t: 'adf', v: portable })).toBe(
        true,
      );
    }),
    { seed, numRuns: 500 },
  );
});

test('writing what is there already gives back what is there', () => {
  fc.assert(
    fc.property(documents, (raw) => {
      const written = richTextToLocal(toValue(raw), raw);
      if (written.ok) expect(equalValues(toValue(written.raw as Adf | null), toValue(raw))).toBe(true);
    }),
    { seed, numRuns: 300 },
  );
});
