/** The editor's notation: what is printed and parsed again is the same document. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const BROWSER = join(__dirname, '../emulator/web/browser/adf');

/** The modules are the browser's; a small Node program runs them as they are. */
function inNode(program: string): unknown {
  const source = `import { printAdf } from '${BROWSER}/print.js'; import { parseAdf } from '${BROWSER}/parse.js'; console.log(JSON.stringify((() => { ${program} })()));`;
  const options = ['--no-warnings', '--input-type=module', '-e', source];
  const run = spawnSync(process.execPath, options, { encoding: 'utf8' });
  if (run.status !== 0) {
    throw new Error(run.stderr);
  }
  return JSON.parse(run.stdout);
}

const text = (value: string, ...marks: string[]) => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const item = (...content: unknown[]) => ({ type: 'listItem', content });
const doc = (...content: unknown[]) => ({ type: 'doc', version: 1, content });

const DOCUMENTS: Record<string, unknown> = {
  'headings, marks and links': doc(
    { type: 'heading', attrs: { level: 2 }, content: [text('Title')] },
    p(
      text('plain '),
      text('bold', 'strong'),
      text(' and '),
      text('both', 'strong', 'em'),
      text(' '),
      text('x=1', 'code'),
    ),
    p({ type: 'text', text: 'here', marks: [{ type: 'link', attrs: { href: 'https://a.test/x' } }] }),
  ),
  'signs that look like notation': doc(
    p(text('2 * 3 * 4, _a_ snake_case, https://plain.test, [x] {y} `z` ~~no~~')),
    p(text('# no heading')),
    p(text('- no list')),
  ),
  'nested lists': doc({
    type: 'bulletList',
    content: [
      item(p(text('one')), { type: 'orderedList', content: [item(p(text('a'))), item(p(text('b')))] }),
      item(p(text('two'))),
    ],
  }),
  'code, quote, rule, panel': doc(
    { type: 'codeBlock', attrs: { language: 'js' }, content: [text('let a = 1;\n\n# not a heading')] },
    { type: 'blockquote', content: [p(text('said'))] },
    { type: 'rule' },
    { type: 'panel', attrs: { panelType: 'warning' }, content: [p(text('careful'))] },
  ),
  table: doc({
    type: 'table',
    content: [
      {
        type: 'tableRow',
        content: ['A', 'B|C'].map((each) => ({ type: 'tableHeader', content: [p(text(each))] })),
      },
      {
        type: 'tableRow',
        content: ['1', '2'].map((each) => ({ type: 'tableCell', content: [p(text(each))] })),
      },
    ],
  }),
  'mention and line break': doc(
    p(
      { type: 'mention', attrs: { id: 'acc:1', text: '@Ann Lee' } },
      text(' hello'),
      { type: 'hardBreak' },
      text('next'),
    ),
  ),
  'nodes without a notation stay as they are': doc(
    {
      type: 'mediaSingle',
      attrs: { layout: 'center' },
      content: [{ type: 'media', attrs: { id: 'u-1', type: 'file', collection: '', alt: 'a.png' } }],
    },
    p(text('state '), { type: 'status', attrs: { text: 'DONE', color: 'green' } }),
    { type: 'expand', attrs: { title: 'More' }, content: [p(text('inside'))] },
    { type: 'taskList', attrs: { localId: 'l' }, content: [] },
  ),
};

test.each(Object.entries(DOCUMENTS))('%s survive editing', (_name, document) => {
  const again = inNode(
    `const { text, kept } = printAdf(${JSON.stringify(document)}); return { text, again: parseAdf(text, kept) };`,
  );
  expect((again as { again: unknown }).again).toEqual(document);
});

test('empty text is no document; a removed placeholder removes its node', () => {
  expect(inNode('return parseAdf("  \\n") ?? null')).toBeNull();
  expect(inNode('return parseAdf("only {{1 x}} text", [])')).toEqual(doc(p(text('only {{1 x}} text'))));
});
