/** Lists of pairs as people paste them, and the texts by which issues find each other. */
import { keyIn, matchValue } from '#core/backfill/match-value';
import { readPairList } from '#core/backfill/pair-list';
import { paragraphs } from '../../support/values';

test.each([
  ['ACME-1,GLX-2'],
  ['acme-1;glx-2'],
  ['"ACME-1"\t"GLX-2"'],
  ['  ACME-1   GLX-2 \r\n\n'],
  ['mine,theirs\nACME-1,GLX-2'],
  ['ACME-1,GLX-2,,'],
])('%j', (text) => {
  expect(readPairList(text)).toEqual({ ok: true, pairs: [{ mine: 'ACME-1', theirs: 'GLX-2' }] });
});

test('lines that are no pair are named by their number', () => {
  expect(readPairList('ACME-1,GLX-2\nACME-3\nACME-4,GLX-5,GLX-6\nACME-7,GLX-8')).toEqual({
    ok: false,
    lines: [2, 3],
  });
  expect(readPairList('heading\nanother heading')).toEqual({ ok: true, pairs: [] });
  expect(readPairList('ACME-1,GLX-2\nheading')).toEqual({ ok: false, lines: [2] });
});

test.each([
  ['  EXT  17 ', 'EXT 17'],
  [17, '17'],
  [{ id: '1', value: 'Red' }, 'Red'],
  [{ id: '1', name: 'High' }, 'High'],
  [paragraphs('EXT-17'), 'EXT-17'],
  ['', undefined],
  [null, undefined],
  [['a', 'b'], undefined],
  ['x'.repeat(256), undefined],
])('what %j says', (raw, expected) => {
  expect(matchValue(raw)).toBe(expected);
});

test.each([
  ['Reported as GLX-12, see there', 'GLX-12'],
  ['https://globex.atlassian.net/browse/GLX-12', 'GLX-12'],
  [paragraphs('see', 'GLX-12'), 'GLX-12'],
  ['no-12 glx-12 xGLX-12', undefined],
  [undefined, undefined],
])('the key in %j', (raw, expected) => {
  expect(keyIn(raw)).toBe(expected);
});
