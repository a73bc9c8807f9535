/** Any tree of nodes of the Atlassian Document Format, also such as no editor makes. */
import schema from '@atlaskit/adf-schema/dist/json-schema/v1/full.json';
import fc from 'fast-check';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';

/** Names of all nodes and marks that the schema defines. */
function typesOf(suffix: string): string[] {
  const found = Object.entries(schema.definitions).flatMap(([name, definition]) => {
    const own = (definition as { properties?: { type?: { enum?: string[] } } }).properties?.type?.enum?.[0];
    return name.endsWith(suffix) && own !== undefined ? [own] : [];
  });
  return [...new Set(found)].filter((name) => name !== 'doc' && name !== 'text');
}

/** All nodes of the schema but `doc` and `text`. */
export const nodeTypes = typesOf('_node');
export const markTypes = typesOf('_mark');

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
const mark: fc.Arbitrary<AdfNode> = fc.record({ type: fc.constantFrom(...markTypes), attrs });
const word = fc.constantFrom('alpha', 'beta', 'gamma', 'delta');
const { node } = fc.letrec<{ node: AdfNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.record({ type: fc.constant('text'), text: word, marks: fc.array(mark, { maxLength: 2 }) }),
    fc.record(
      {
        type: fc.constantFrom(...nodeTypes),
        attrs,
        marks: fc.array(mark, { maxLength: 1 }),
        content: fc.array(tie('node'), { maxLength: 3 }),
      },
      { requiredKeys: ['type', 'content'] },
    ),
  ),
}));
export const anyDocument = fc
  .array(node, { maxLength: 4 })
  .map((content): Adf => ({ type: 'doc', version: 1, content: content as Adf['content'] }));
