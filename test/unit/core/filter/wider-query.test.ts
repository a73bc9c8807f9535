/** The query that finds whatever a filter may let pass. */
import { widerQuery } from '#core/filter/jql-text';
import type { Filter } from '#core/model/filter';

test.each<[string, Filter, string | undefined]>([
  ['nothing', {}, undefined],
  ['a query without its order', { jql: 'a = b OR c = d ORDER BY rank' }, '(a = b OR c = d)'],
  [
    'conditions',
    {
      jql: 'a = b',
      conditions: [
        { fieldId: 'labels', is: 'anyOf', values: ['x', '12'] },
        { fieldId: 'fixVersions', is: 'noneOf', values: ['10001'] },
        { fieldId: 'status', is: 'noneOf', values: ['3'] },
      ],
    },
    '(a = b) AND labels in ("x", 12) AND (fixVersion is EMPTY OR fixVersion not in (10001)) AND status not in (3)',
  ],
  [
    'not what no query can say',
    {
      conditions: [
        { fieldId: 'customfield_10010', is: 'anyOf', values: ['10020'] },
        { fieldId: 'labels', is: 'anyOf', values: ['x") OR (a'] },
      ],
    },
    undefined,
  ],
])('%s', (_name, filter, query) => {
  expect(widerQuery(filter)).toBe(query);
});
