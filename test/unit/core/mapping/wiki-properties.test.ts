/** Wiki markup under any document and any text: nothing is lost, nothing escapes, nothing hangs. */
import fc from 'fast-check';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import { fromWiki, toWiki } from '#core/mapping/wiki-markup/wiki-markup';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';
import { adfErrors } from '../../../support/adf-validity';
import { anyDocument } from '../../../support/any-document';

const seed = 20261121;

function doc(...content: AdfNode[]): Adf {
  return { type: 'doc', version: 1, content: content as Adf['content'] };
}

/** Signs of markup among letters and blanks. */
const signs = fc.constantFrom(
  ...[
    '*',
    '_',
    '-',
    '+',
    '^',
    '~',
    '{',
    '}',
    '[',
    ']',
    '|',
    '!',
    '?',
    '\\',
    '&',
    '#',
    '(',
    ')',
    ':',
    ';',
    '/',
    '.',
  ],
  ...[
    'a',
    'b',
    '1',
    ' ',
    ' ',
    'h1. ',
    'bq. ',
    '* ',
    '# ',
    '- ',
    '----',
    '{code}',
    '{quote}',
    '{color:red}',
    '||',
  ],
  ...[
    '[x|https://e.com]',
    '[~ada]',
    '!a.png!',
    'https://e.com/a',
    '&#42;',
    '(/)',
    ':)',
    '\\\\',
    '??',
    '{*}',
    '{{',
  ],
);
const words = fc.array(signs, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
const shown = words.map((text) => text.trim()).filter((text) => text !== '');

test('words that look like markup stay words, wherever they stand', () => {
  fc.assert(
    fc.property(words, shown, (text, inner) => {
      const documents = [
        doc({ type: 'paragraph', content: [{ type: 'text', text: `x${text}x` }] }),
        doc({ type: 'paragraph', content: [{ type: 'text', text }] }),
        doc({ type: 'paragraph', content: [{ type: 'text', text: inner, marks: [{ type: 'strong' }] }] }),
        doc({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: inner }] }),
        doc({
          type: 'bulletList',
          content: [
            {
              type: 'listItem',
              content: [{ type: 'paragraph', content: [{ type: 'text', text: `a${inner}` }] }],
            },
          ],
        }),
        doc({
          type: 'table',
          content: [
            {
              type: 'tableRow',
              content: [
                {
                  type: 'tableCell',
                  content: [{ type: 'paragraph', content: [{ type: 'text', text: inner }] }],
                },
              ],
            },
          ],
        }),
        doc({ type: 'codeBlock', attrs: { language: 'x' }, content: [{ type: 'text', text: `a${text}` }] }),
      ];
      for (const one of documents) expect(fromWiki(toWiki(one))).toEqual(normaliseAdf(one));
    }),
    { seed, numRuns: 400 },
  );
});

test('a document comes back as it was, whatever markup can say of it', () => {
  fc.assert(
    fc.property(anyDocument, (raw) => {
      const agreed = toPortable(raw);
      if (agreed === null) return;
      expect(fromWiki(toWiki(agreed), [agreed])).toEqual(agreed);
    }),
    { seed, numRuns: 300 },
  );
});

test('writing what was read changes nothing more', () => {
  fc.assert(
    fc.property(anyDocument, (raw) => {
      const said = fromWiki(toWiki(toPortable(raw)));
      expect(fromWiki(toWiki(said))).toEqual(said);
    }),
    { seed, numRuns: 200 },
  );
});

test('whatever people write is read as a valid document, and written again as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(signs, fc.constant('\n'), fc.constant('\n\n')), { maxLength: 40 }),
      (parts) => {
        const markup = parts.join('');
        const read = fromWiki(markup);
        if (read !== null) expect(adfErrors(completed(read))).toEqual([]);
        expect(fromWiki(toWiki(read, markup))).toEqual(read);
      },
    ),
    { seed, numRuns: 1_500 },
  );
});

test('an edit of one paragraph leaves the others as they were written, sign by sign', () => {
  const markup = 'h1. Odd   spacing\n\n * a\n * b\n\n??x?? -- {color:red}y{color}\n\nlast';
  const read = fromWiki(markup);
  const content = [...(read?.content ?? [])];
  content[3] = { type: 'paragraph', content: [{ type: 'text', text: 'changed' }] };
  expect(toWiki({ type: 'doc', version: 1, content }, markup)).toBe(
    'h1. Odd   spacing\n\n * a\n * b\n\n??x?? -- {color:red}y{color}\n\nchanged',
  );
});

const hostile: Record<string, string> = {
  brackets: '['.repeat(8_000),
  closedLate: `${'['.repeat(5_000)}]`,
  braces: '{code:a}'.repeat(1_250),
  quotes: '{quote}'.repeat(1_251),
  panels: '{panel:a=b}'.repeat(1_250),
  panelsClosed: `${'{panel:a=b}x'.repeat(500)}${'{panel}'.repeat(500)}`,
  colours: '{color:red}'.repeat(1_250),
  depth: `${'*'.repeat(7_500)} a`,
  steps: Array.from({ length: 500 }, (_, at) => `${'*'.repeat(at + 1)} a`).join('\n'),
  strokes: '|'.repeat(8_000),
  rows: '|a\n'.repeat(2_000),
  phrases: '*a _b '.repeat(1_500),
  closing: '*a*_b_'.repeat(1_500),
  pictures: '!a '.repeat(3_000),
  backslashes: '\\'.repeat(10_001),
  entities: '&#42'.repeat(2_500),
  addresses: 'https://'.repeat(1_250),
  lines: 'a\n'.repeat(5_000),
  blank: '\n'.repeat(10_000),
  spaces: ' '.repeat(10_000),
};

/** Of the processor: other work on the machine does not count. */
function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

test.each(Object.entries(hostile))('hostile text ends soon: %s', (_name, markup) => {
  const started = seconds();
  const read = fromWiki(markup);
  fromWiki(markup, read === null ? [] : [read]);
  toWiki(read, markup);
  expect(seconds() - started).toBeLessThan(3);
});

/** What documents demand and comparison leaves out. */
function completed(read: Adf): Adf {
  const complete = (node: AdfNode): AdfNode => ({
    ...node,
    ...(/^task/.test(node.type) ? { attrs: { localId: 'x', ...node.attrs } } : {}),
    ...(node.type === 'nestedExpand' ? { attrs: { ...node.attrs } } : {}),
    ...(node.content === undefined ? {} : { content: node.content.map(complete) }),
  });
  return { ...read, content: (read.content as AdfNode[]).map(complete) as Adf['content'] };
}
