/** Any tree of the format's nodes, also such as no editor makes: what leaves is valid, stable, and loses no word. */
import schema from '@atlaskit/adf-schema/dist/json-schema/v1/full.json';
import fc from 'fast-check';
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { adfErrors } from '../../../support/adf-validity';

const seed = 20261121;

/** Names of all nodes and marks that the schema defines. */
function typesOf(suffix: string): string[] {
  const found = Object.entries(schema.definitions).flatMap(([name, definition]) => {
    const own = (definition as { properties?: { type?: { enum?: string[] } } }).properties?.type?.enum?.[0];
    return name.endsWith(suffix) && own !== undefined ? [own] : [];
  });
  return [...new Set(found)].filter((name) => name !== 'doc' && name !== 'text');
}

const types = typesOf('_node');
const marks = typesOf('_mark');

const attrs = fc.record(
  {
    level: fc.constantFrom(1, 3, 6, 9),
    panelType: fc.constantFrom('info', 'custom', 'strange'),
    state: fc.constantFrom('TODO', 'DONE', 'DECIDED'),
    localId: fc.constantFrom('', 'x'),
    url: fc.constantFrom('https://example.com/a', 'javascript:x'),
    timestamp: fc.constant('1700000000000'),
    color: fc.constantFrom('blue', '#ff0000', 'loud'),
    text: fc.constantFrom('', 'label'),
    title: fc.constantFrom('', 'Title'),
    order: fc.constantFrom(1, 3, -1),
    id: fc.constant('id-1'),
    align: fc.constantFrom('center', 'end', 'left'),
    href: fc.constantFrom('https://example.com', 'data:x'),
    type: fc.constantFrom('sub', 'file'),
    width: fc.constantFrom(50, 900),
    layout: fc.constantFrom('wide', 'center'),
    colspan: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);
const mark: fc.Arbitrary<AdfNode> = fc.record({ type: fc.constantFrom(...marks), attrs });
const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
const { node } = fc.letrec<{ node: AdfNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.record({ type: fc.constant('text'), text: word, marks: fc.array(mark, { maxLength: 2 }) }),
    fc.record(
      {
        type: fc.constantFrom(...types),
        attrs,
        marks: fc.array(mark, { maxLength: 1 }),
        content: fc.array(tie('node'), { maxLength: 3 }),
      },
      { requiredKeys: ['type', 'content'] },
    ),
  ),
}));
const documents = fc
  .array(node, { maxLength: 4 })
  .map((content): Adf => ({ type: 'doc', version: 1, content: content as Adf['content'] }));

test('the schema names the nodes that are played here', () => {
  expect(types.length).toBeGreaterThan(35);
  expect(marks).toContain('strong');
});

test('what is sent is valid, and sending it on changes nothing', () => {
  fc.assert(
    fc.property(documents, (raw) => {
      const portable = toPortable(raw);
      expect(toPortable(portable)).toEqual(portable);
      const written = toLocalDocument(portable, null);
      expect(written.ok).toBe(true);
      if (written.ok && written.raw !== null) expect(adfErrors(written.raw)).toEqual([]);
    }),
    { seed, numRuns: 700 },
  );
});

/** Nodes that show a name of their own instead of what stands in them. */
const speaking = new Set([
  'mention',
  'emoji',
  'status',
  'media',
  'mediaInline',
  'inlineCard',
  'blockCard',
  'embedCard',
  'extension',
  'inlineExtension',
  'date',
  'hardBreak',
  'rule',
  'placeholder',
]);

function wordsOf(nodes: readonly AdfNode[]): string[] {
  return nodes
    .flatMap((one) => {
      if (speaking.has(one.type)) return [];
      return one.type === 'text'
        ? [...(one.text ?? '').matchAll(/alpha|beta|gamma|delta/g)].map(String)
        : wordsOf(one.content ?? []);
    })
    .sort();
}

test('no word of a text is lost, wherever it stands', () => {
  fc.assert(
    fc.property(documents, (raw) => {
      const sent = toPortable(raw);
      const left = wordsOf((sent?.content ?? []) as AdfNode[]);
      const lost = wordsOf(raw.content as AdfNode[]).filter((one) => {
        const at = left.indexOf(one);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      expect(lost).toEqual([]);
    }),
    { seed, numRuns: 700 },
  );
});
