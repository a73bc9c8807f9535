/** Mentions: only of people whom the agreement lists, only whole labels, never in code or links. */
import { listedPeople, mentionPeople, mentionsById, namePeople } from '#core/mapping/mentions';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { adfErrors } from '../../../support/adf-validity';

const doc = (...content: AdfNode[]): Adf => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content }] as Adf['content'],
});
const t = (text: string, mark?: AdfNode): AdfNode => ({
  type: 'text',
  text,
  ...(mark === undefined ? {} : { marks: [mark] }),
});
const at = (id: string, text: string): AdfNode => ({ type: 'mention', attrs: { id, text } });

const people = listedPeople(
  [
    {
      id: 'a',
      kind: 'user',
      label: 'A',
      direction: 'both',
      policy: 'newest',
      values: [
        { id: '1', label: 'Ann' },
        { id: '2', label: 'Ann Bo' },
        { id: '3', label: 'Nobody here' },
      ],
    },
    {
      id: 'b',
      kind: 'select',
      label: 'B',
      direction: 'both',
      policy: 'newest',
      values: [{ id: '1', label: 'Red' }],
    },
  ],
  {
    mapping: 'm',
    projectId: 'p',
    types: [{ slot: 't', typeId: '1' }],
    fields: [
      {
        slot: 'a',
        fieldId: 'x',
        values: [
          { value: '1', locals: ['acc-1'] },
          { value: '2', locals: ['acc-2'] },
        ],
      },
      { slot: 'b', fieldId: 'y', values: [{ value: '1', locals: ['red'] }] },
    ],
  },
);

test.each([
  { text: 'ask @Ann Bo now', nodes: [t('ask '), at('acc-2', '@Ann Bo'), t(' now')] },
  { text: '@Ann, @Ann', nodes: [at('acc-1', '@Ann'), t(', '), at('acc-1', '@Ann')] },
  { text: 'a@Ann @Annette @Red @Nobody here @', nodes: [t('a@Ann @Annette @Red @Nobody here @')] },
])('$text', ({ text, nodes }) => {
  const written = mentionPeople(doc(t(text)), people);
  expect(written).toEqual(doc(...nodes));
  expect(adfErrors(written)).toEqual([]);
  expect(mentionPeople(written, people)).toEqual(written);
});

test('code and links stay as they are, marks stay on the words around', () => {
  const link = { type: 'link', attrs: { href: 'https://example.com' } };
  const kept = doc(t('@Ann', { type: 'code' }), t('@Ann', link));
  expect(mentionPeople(kept, people)).toEqual(kept);
  const bold = { type: 'strong' };
  expect(mentionPeople(doc(t('hi @Ann!', bold)), people)).toEqual(
    doc(t('hi ', bold), at('acc-1', '@Ann'), t('!', bold)),
  );
});

test('who is not listed keeps the name of its own site', () => {
  const said = doc(at('acc-1', '@Anna of Acme'), at('zoe', '@Zoe'));
  expect(namePeople(said, people)).toEqual(doc(at('acc-1', '@Ann'), at('zoe', '@Zoe')));
  expect(namePeople(said, [])).toBe(said);
  expect(mentionsById(said)).toEqual(doc(at('acc-1', '@acc-1'), at('zoe', '@zoe')));
});
