/** The query for existing issues: always within the mapped projects, whatever the admin wrote. */
import { within } from '#engine/backfill/existing-query';

test.each([
  ['status = Open', 'project in (1, 2) AND (status = Open) ORDER BY id ASC'],
  ['status = Open ORDER BY created DESC', 'project in (1, 2) AND (status = Open) ORDER BY id ASC'],
  ['a = 1 OR b = 2 order  by key', 'project in (1, 2) AND (a = 1 OR b = 2) ORDER BY id ASC'],
  [
    'summary ~ "out of order by noon"',
    'project in (1, 2) AND (summary ~ "out of order by noon") ORDER BY id ASC',
  ],
  ["summary ~ 'order by' order by key", "project in (1, 2) AND (summary ~ 'order by') ORDER BY id ASC"],
  ['order by created', 'project in (1, 2) ORDER BY id ASC'],
])('%s', (jql, expected) => {
  expect(within(['1', '2', '1'], jql)).toBe(expected);
});
