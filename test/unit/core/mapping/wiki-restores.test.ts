/** What markup cannot say survives edits on a site that keeps its texts as markup, and those sites' own readers understand us. */
import { createRequire } from 'node:module';
import { nobodyHere } from '#core/mapping/here';
import { toContract, toLocal } from '#core/mapping/translate';
import { fromWiki, toWiki } from '#core/mapping/wiki-markup/wiki-markup';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { ContractField } from '#core/model/contract';
import type { Adf, FieldValue } from '#core/model/value';

function doc(...content: AdfNode[]): Adf {
  return { type: 'doc', version: 1, content: content as Adf['content'] };
}
function p(...content: AdfNode[]): AdfNode {
  return { type: 'paragraph', content };
}
function t(text: string, ...marks: AdfNode[]): AdfNode {
  return { type: 'text', text, ...(marks.length === 0 ? {} : { marks }) };
}
const status: AdfNode = { type: 'status', attrs: { text: 'DONE', color: 'green' } };
const date: AdfNode = { type: 'date', attrs: { timestamp: '1700000000000' } };
const marked = t('glow', { type: 'backgroundColor', attrs: { color: '#ffff00' } });
const cell = (text: string, attrs?: Record<string, unknown>): AdfNode => ({
  type: 'tableCell',
  ...(attrs === undefined ? {} : { attrs }),
  content: [p(t(text))],
});
const rich = doc(
  {
    type: 'paragraph',
    content: [t('State: '), status, t(' since '), date],
    marks: [{ type: 'alignment', attrs: { align: 'center' } }],
  },
  { type: 'paragraph' },
  {
    type: 'orderedList',
    attrs: { order: 5 },
    content: [
      { type: 'listItem', content: [p(t('five'))] },
      { type: 'listItem', content: [p(t('six '), marked)] },
    ],
  },
  {
    type: 'table',
    attrs: { layout: 'wide' },
    content: [
      { type: 'tableRow', content: [cell('a', { colspan: 2 })] },
      { type: 'tableRow', content: [cell('b', { background: '#ff0000' }), cell('c')] },
    ],
  },
  {
    type: 'decisionList',
    content: [{ type: 'decisionItem', attrs: { state: 'DECIDED' }, content: [t('go')] }],
  },
  p(t('end')),
);

/** The same document after an edit over there, each time of one word. */
function edited(from: string, to: string): Adf | null {
  const markup = toWiki(rich);
  expect(markup).toContain(from);
  return fromWiki(markup.replace(from, to), [rich]);
}

test('markup shows it all in words', () => {
  expect(toWiki(rich)).toBe(
    ['State: *\\[DONE\\]* since 2023-11-14', '# five\n# six glow', '|a|\n|b|c|', '* go', 'end'].join('\n\n'),
  );
  expect(fromWiki(toWiki(rich), [rich])).toEqual(normaliseAdf(rich));
});

test.each([
  ['end', 'the end'],
  ['State', 'Now'],
  ['five', 'fifth'],
  ['|b|', '|bb|'],
])('an edit of %s over there changes nothing else', (from, to) => {
  const said = (text: string) => `"text":"${text.replaceAll('|', '')}`;
  const replaced = JSON.stringify(rich).replace(said(from), said(to));
  expect(edited(from, to)).toEqual(normaliseAdf(JSON.parse(replaced) as Adf));
});

test('paragraphs may move and be removed', () => {
  const parts = toWiki(rich).split('\n\n');
  const read = fromWiki([parts[4], parts[2], parts[0]].join('\n\n'), [rich]);
  const blocks = (normaliseAdf(rich)?.content ?? []) as AdfNode[];
  expect(read?.content).toEqual([blocks[5], blocks[3], blocks[0], blocks[1]]);
});

test('a field of a site with markup holds what was agreed, also after an edit', () => {
  const field: ContractField = {
    id: 's',
    kind: 'richText',
    label: 'Text',
    direction: 'both',
    policy: 'newest',
  };
  const binding = { slot: 's', fieldId: 'f' };
  const agreed: FieldValue = { t: 'adf', v: normaliseAdf(rich) };
  const here = { ...nobodyHere, texts: 'wiki' as const };
  const written = toLocal(field, binding, agreed, { here });
  expect(written).toMatchObject({ ok: true, raw: toWiki(rich) });
  const raw = written.ok ? String(written.raw) : '';
  expect(toContract(field, binding, raw, { here, known: [agreed] })).toEqual({ ok: true, value: agreed });
  expect(toContract(field, binding, null, { here, known: [agreed] })).toEqual({
    ok: true,
    value: { t: 'adf', v: null },
  });
  // Words of people over there stay as they typed them.
  const typed = `${raw}\n\nbq. typed  {color:red}so{color}`;
  const read = toContract(field, binding, typed, { here, known: [agreed] });
  expect(
    read.ok ? toLocal(field, binding, read.value, { here, known: [agreed], current: typed }) : read,
  ).toMatchObject({ raw: typed });
});

test('a text that is too long as markup waits', () => {
  const field: ContractField = {
    id: 's',
    kind: 'richText',
    label: 'Text',
    direction: 'both',
    policy: 'newest',
  };
  const value: FieldValue = { t: 'adf', v: doc(p(t('[]'.repeat(10_000)))) };
  const written = toLocal(field, { slot: 's', fieldId: 'f' }, value, {
    here: { ...nobodyHere, texts: 'wiki' },
  });
  expect(written).toEqual({
    ok: false,
    reason: expect.stringContaining('As wiki markup this takes 40,000 characters'),
  });
});

/** Atlassian's own reader of markup, which Jira Cloud uses for texts of version 2. */
function atlassianReads(markup: string): AdfNode[] {
  const load = createRequire(__filename);
  const { WikiMarkupTransformer } = load(
    '@atlaskit/editor-wikimarkup-transformer',
  ) as typeof import('@atlaskit/editor-wikimarkup-transformer');
  const { JSONTransformer } = load(
    '@atlaskit/editor-json-transformer',
  ) as typeof import('@atlaskit/editor-json-transformer');
  const parsed = new JSONTransformer().encode(
    new WikiMarkupTransformer().parse(markup),
  ) as unknown as AdfNode;
  return (normaliseAdf(doc(...(parsed.content ?? [])))?.content ?? []) as AdfNode[];
}

const common: AdfNode[] = [
  { type: 'heading', attrs: { level: 1 }, content: [t('Plan')] },
  p(
    t('a '),
    t('strong', { type: 'strong' }),
    t(' and '),
    t('slanted', { type: 'em' }),
    t(', '),
    t('gone', { type: 'strike' }),
  ),
  p(t('see '), t('the page', { type: 'link', attrs: { href: 'https://example.com/a' } })),
  p(t('stars * and [brackets] and {braces} and under_scores')),
  {
    type: 'bulletList',
    content: [
      {
        type: 'listItem',
        content: [
          p(t('one')),
          { type: 'bulletList', content: [{ type: 'listItem', content: [p(t('deep'))] }] },
        ],
      },
    ],
  },
  { type: 'rule' },
  { type: 'blockquote', content: [p(t('said'))] },
  { type: 'codeBlock', attrs: { language: 'java' }, content: [t('if (x) { y(); }')] },
  {
    type: 'table',
    content: [
      { type: 'tableRow', content: [{ type: 'tableCell', content: [p(t('h'))] }] },
      { type: 'tableRow', content: [{ type: 'tableCell', content: [p(t('c'))] }] },
    ],
  },
];

test.each(common.map((node) => ({ node, markup: toWiki(doc(node)) })))(
  'Jira understands $markup',
  ({ node, markup }) => {
    const plain = (nodes: AdfNode[]) =>
      JSON.stringify(nodes, (name, value) =>
        name === 'attrs' ? (value.level ?? value.href ?? value.language) : value,
      );
    expect(plain(atlassianReads(markup))).toBe(plain((normaliseAdf(doc(node))?.content ?? []) as AdfNode[]));
  },
);
