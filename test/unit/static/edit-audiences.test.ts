/** Audiences as the editor changes them: what is taken away leaves nothing behind, and nobody is bound to an empty name. */
import {
  addAudience,
  bindAudience,
  removeAudience,
} from '../../../static/app/src/pages/editor/edit-audiences';
import { emptyMapping } from '../../../static/app/src/pages/editor/edit-mapping';

const both = [
  { id: 'developers', label: 'Developers' },
  { id: 'service-desk', label: 'Service desk' },
];

test('an audience is named once, and bound by each site', () => {
  const named = addAudience(
    addAudience(addAudience(emptyMapping, 'Developers'), ' developers '),
    'Service desk',
  );
  expect(named.commentTerms).toEqual({ audiences: both });
  const bound = bindAudience(named, 'developers', { type: 'role', name: 'Dev' });
  const again = bindAudience(bound, 'developers', { type: 'group', name: 'devs' });
  expect(again.audiences).toEqual([{ audience: 'developers', type: 'group', name: 'devs' }]);
  expect(bindAudience(again, 'developers', { type: 'group', name: ' ' })).toEqual(named);
});

test('a removed one takes its binding with it, and other terms stay', () => {
  const terms = { ...emptyMapping, commentTerms: { edits: 'back' as const } };
  const bound = bindAudience(addAudience(terms, 'Developers'), 'developers', { type: 'role', name: 'Dev' });
  expect(removeAudience(bound, 'developers')).toEqual(terms);
  expect(removeAudience(addAudience(emptyMapping, 'Developers'), 'developers')).toEqual(emptyMapping);
});

test('a name of blanks is none', () => {
  expect(addAudience(emptyMapping, '  ')).toBe(emptyMapping);
});
