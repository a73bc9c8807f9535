/** Changes to a mapping while an admin edits it: what is bound anew keeps nothing that means something else there. */
import { rebindField, withUse } from '../../../static/app/src/pages/editor/edit-mapping';

type Field = Parameters<typeof rebindField>[0];

const field: Field = {
  slot: 'severity',
  label: 'Severity',
  kind: 'select',
  direction: 'both',
  policy: 'newest',
  mine: 'customfield_1',
  mineUse: { otherwise: '10', create: true },
  values: [{ value: 'major', label: 'Major', mine: ['11'], theirs: ['21'] }],
};

test('another field keeps no id of the old one, and finds values by their names', () => {
  const options = [{ id: '31', name: ' major ' }];
  const bound = rebindField(field, 'mine', { id: 'customfield_2', name: 'Impact', kind: 'select', options });
  expect(bound).toEqual({
    ...field,
    mine: 'customfield_2',
    mineUse: { create: true },
    values: [{ value: 'major', label: 'Major', mine: ['31'], theirs: ['21'] }],
  });
});

test('a field of text only shows the value', () => {
  const bound = rebindField(field, 'mine', { id: 'customfield_3', name: 'Notes', kind: 'richText' });
  expect(bound.mineUse).toEqual({ create: true, as: 'richText' });
  expect(rebindField(bound, 'mine', undefined)).toEqual({
    ...field,
    mine: undefined,
    mineUse: { create: true },
    values: [{ value: 'major', label: 'Major', mine: [], theirs: ['21'] }],
  });
});

test('what is taken away leaves nothing behind', () => {
  const { mineUse: _use, ...plain } = field;
  expect(withUse(withUse(field, 'mineUse', 'create', undefined), 'mineUse', 'otherwise', undefined)).toEqual(
    plain,
  );
  expect(withUse(plain, 'mineUse', 'otherwise', '12')).toEqual({ ...plain, mineUse: { otherwise: '12' } });
});
