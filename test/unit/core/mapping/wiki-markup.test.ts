/** Wiki markup of Data Center: what it says, what we write, and that words stay words. */
import { fromWiki, toWiki } from '#core/mapping/wiki-markup/wiki-markup';
import { type AdfNode, normaliseAdf } from '#core/merge/normalise-adf';
import type { Adf } from '#core/model/value';

function doc(...content: AdfNode[]): Adf {
  return { type: 'doc', version: 1, content: content as Adf['content'] };
}
function p(...content: AdfNode[]): AdfNode {
  return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };
}
function t(text: string, ...marks: (string | AdfNode)[]): AdfNode {
  const list = marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark));
  return { type: 'text', text, ...(list.length === 0 ? {} : { marks: list }) };
}
function list(type: string, ...items: AdfNode[][]): AdfNode {
  return { type, content: items.map((content) => ({ type: 'listItem', content })) };
}
function cell(type: string, ...content: AdfNode[]): AdfNode {
  return { type, content };
}
const link = (href: string): AdfNode => ({ type: 'link', attrs: { href } });
const br: AdfNode = { type: 'hardBreak' };
const colour = (color: string): AdfNode => ({ type: 'textColor', attrs: { color } });

/** Said in both ways: the markup is what we write, and what we read. */
const both: { what: string; markup: string; nodes: AdfNode[] }[] = [
  { what: 'words', markup: 'Hello world', nodes: [p(t('Hello world'))] },
  { what: 'two paragraphs', markup: 'one\n\ntwo', nodes: [p(t('one')), p(t('two'))] },
  { what: 'a line break', markup: 'one\ntwo', nodes: [p(t('one'), br, t('two'))] },
  { what: 'two line breaks', markup: 'one\\\\\\\\two', nodes: [p(t('one'), br, br, t('two'))] },
  {
    what: 'headings',
    markup: 'h2. Plan *b*',
    nodes: [{ type: 'heading', attrs: { level: 2 }, content: [t('Plan '), t('b', 'strong')] }],
  },
  { what: 'strong', markup: 'a *b* c', nodes: [p(t('a '), t('b', 'strong'), t(' c'))] },
  {
    what: 'all marks',
    markup: '_e_ -d- +u+ ^s^ ~l~ {{c}}',
    nodes: [
      p(
        t('e', 'em'),
        t(' '),
        t('d', 'strike'),
        t(' '),
        t('u', 'underline'),
        t(' '),
        t('s', { type: 'subsup', attrs: { type: 'sup' } }),
        t(' '),
        t('l', { type: 'subsup', attrs: { type: 'sub' } }),
        t(' '),
        t('c', 'code'),
      ),
    ],
  },
  {
    what: 'marks within a word',
    markup: 'un{*}believ{*}able',
    nodes: [p(t('un'), t('believ', 'strong'), t('able'))],
  },
  {
    what: 'marks in marks',
    markup: '*a _b_ c*',
    nodes: [p(t('a ', 'strong'), t('b', 'em', 'strong'), t(' c', 'strong'))],
  },
  {
    what: 'a colour',
    markup: '{color:#ff0000}red *bold*{color}',
    nodes: [p(t('red ', colour('#ff0000')), t('bold', 'strong', colour('#ff0000')))],
  },
  {
    what: 'a link with words',
    markup: 'see [the page|https://example.com/a?b=1]',
    nodes: [p(t('see '), t('the page', link('https://example.com/a?b=1')))],
  },
  {
    what: 'a bare link',
    markup: '[https://example.com/x]',
    nodes: [p(t('https://example.com/x', link('https://example.com/x')))],
  },
  {
    what: 'mail',
    markup: '[write|mailto:a@example.com]',
    nodes: [p(t('write', link('mailto:a@example.com')))],
  },
  {
    what: 'a mention',
    markup: 'ask [~ada.winter]',
    nodes: [p(t('ask '), { type: 'mention', attrs: { id: 'ada.winter', text: '@ada.winter' } })],
  },
  {
    what: 'a picture',
    markup: 'x !plan.png|thumbnail!',
    nodes: [
      p(t('x '), {
        type: 'mediaInline',
        attrs: { id: 'plan.png|thumbnail', collection: 'attachments', type: 'image', alt: 'plan.png' },
      }),
    ],
  },
  {
    what: 'a file',
    markup: '[^notes.pdf]',
    nodes: [
      p({
        type: 'mediaInline',
        attrs: { id: 'notes.pdf', collection: 'attachments', type: 'file', alt: 'notes.pdf' },
      }),
    ],
  },
  {
    what: 'emoticons',
    markup: 'fine :) (/)',
    nodes: [
      p(t('fine '), { type: 'emoji', attrs: { shortName: ':slight_smile:', text: '🙂' } }, t(' '), {
        type: 'emoji',
        attrs: { shortName: ':check_mark:', text: '✅' },
      }),
    ],
  },
  { what: 'a rule', markup: 'a\n\n----\n\nb', nodes: [p(t('a')), { type: 'rule' }, p(t('b'))] },
  {
    what: 'code',
    markup: '{code:java}\nif (a) {\n  b*c*;\n}\n{code}',
    nodes: [{ type: 'codeBlock', attrs: { language: 'java' }, content: [t('if (a) {\n  b*c*;\n}')] }],
  },
  {
    what: 'text as it is',
    markup: '{noformat}\n| a | *b*\n\nh1. x\n{noformat}',
    nodes: [{ type: 'codeBlock', content: [t('| a | *b*\n\nh1. x')] }],
  },
  {
    what: 'a quotation',
    markup: '{quote}\none\n\ntwo\n{quote}',
    nodes: [{ type: 'blockquote', content: [p(t('one')), p(t('two'))] }],
  },
  {
    what: 'a panel',
    markup: '{panel:bgColor=#fffae6}\nmind\n{panel}',
    nodes: [{ type: 'panel', attrs: { panelType: 'warning' }, content: [p(t('mind'))] }],
  },
  {
    what: 'a panel of its own colour',
    markup: '{panel:bgColor=#123456}\nx\n{panel}',
    nodes: [{ type: 'panel', attrs: { panelType: 'custom', panelColor: '#123456' }, content: [p(t('x'))] }],
  },
  {
    what: 'a part that unfolds',
    markup:
      '{panel:title=More &#124; less|borderStyle=dashed|borderColor=#c1c7d0}\nx\n\n{panel:bgColor=#deebff}\ny\n{panel}\n{panel}',
    nodes: [
      {
        type: 'expand',
        attrs: { title: 'More | less' },
        content: [p(t('x')), { type: 'panel', attrs: { panelType: 'info' }, content: [p(t('y'))] }],
      },
    ],
  },
  {
    what: 'lists in lists',
    markup: '* a\n** b\n*# c\n* d',
    nodes: [
      list(
        'bulletList',
        [p(t('a')), list('bulletList', [p(t('b'))]), list('orderedList', [p(t('c'))])],
        [p(t('d'))],
      ),
    ],
  },
  {
    what: 'two lists',
    markup: '# a\n\n# b',
    nodes: [list('orderedList', [p(t('a'))]), list('orderedList', [p(t('b'))])],
  },
  {
    what: 'an item with code',
    markup: '* a\n{noformat}\nx\n\ny\n{noformat}\n* b',
    nodes: [list('bulletList', [p(t('a')), { type: 'codeBlock', content: [t('x\n\ny')] }], [p(t('b'))])],
  },
  {
    what: 'tasks',
    markup: '* \\[ \\] buy\n* \\[x\\] pay\n** \\[ \\] ask',
    nodes: [
      {
        type: 'taskList',
        content: [
          { type: 'taskItem', attrs: { state: 'TODO' }, content: [t('buy')] },
          { type: 'taskItem', attrs: { state: 'DONE' }, content: [t('pay')] },
          {
            type: 'taskList',
            content: [{ type: 'taskItem', attrs: { state: 'TODO' }, content: [t('ask')] }],
          },
        ],
      },
    ],
  },
  {
    what: 'a table',
    markup: '||a||b||\n|1|[x|https://example.com]|\n| |{noformat}\n| y\n{noformat}|',
    nodes: [
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [cell('tableHeader', p(t('a'))), cell('tableHeader', p(t('b')))] },
          {
            type: 'tableRow',
            content: [
              cell('tableCell', p(t('1'))),
              cell('tableCell', p(t('x', link('https://example.com')))),
            ],
          },
          {
            type: 'tableRow',
            content: [cell('tableCell', p()), cell('tableCell', { type: 'codeBlock', content: [t('| y')] })],
          },
        ],
      },
    ],
  },
];

test.each(both)('$what', ({ markup, nodes }) => {
  const wanted = normaliseAdf(doc(...nodes));
  expect(fromWiki(markup)).toEqual(wanted);
  expect(toWiki(wanted)).toBe(markup);
});

/** Read only: other ways to write the same. */
const read: { what: string; markup: string; nodes: AdfNode[] }[] = [
  {
    what: 'a quotation of a line',
    markup: 'bq. said',
    nodes: [{ type: 'blockquote', content: [p(t('said'))] }],
  },
  { what: 'a citation', markup: '??Faust??', nodes: [p(t('Faust', 'em'))] },
  { what: 'a colour by name', markup: '{color:red}x{color}', nodes: [p(t('x', colour('#ff0000')))] },
  {
    what: 'an address among words',
    markup: 'see https://example.com/a, please',
    nodes: [p(t('see '), t('https://example.com/a', link('https://example.com/a')), t(', please'))],
  },
  {
    what: 'code in a line',
    markup: 'a {code}b{code} c',
    nodes: [p(t('a ')), { type: 'codeBlock', content: [t('b')] }, p(t(' c'))],
  },
  {
    what: 'a panel with a title',
    markup: '{panel:title=T}x{panel}',
    nodes: [{ type: 'panel', attrs: { panelType: 'info' }, content: [p(t('T', 'strong')), p(t('x'))] }],
  },
  { what: 'line breaks of other systems', markup: 'a\r\n\r\nb', nodes: [p(t('a')), p(t('b'))] },
  { what: 'a list with strokes', markup: '- a\n- b', nodes: [list('bulletList', [p(t('a'))], [p(t('b'))])] },
  { what: 'characters by number', markup: 'a &#42;b&#42; &amp; &copy;', nodes: [p(t('a *b* & &copy;'))] },
  {
    what: 'a link without a safe address',
    markup: '[x|javascript:alert(1)]',
    nodes: [p(t('[x|javascript:alert(1)]'))],
  },
  {
    what: 'what is not closed',
    markup: '*a {color:red}b {quote} [c {{d',
    nodes: [p(t('*a {color:red}b {quote} [c {{d'))],
  },
  {
    what: 'wild nesting of lists',
    markup: '*** a',
    nodes: [list('bulletList', [p(), list('bulletList', [p(), list('bulletList', [p(t('a'))])])])],
  },
  {
    what: 'no cell behind the last stroke',
    markup: '|a|b| \nx',
    nodes: [
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [cell('tableCell', p(t('a'))), cell('tableCell', p(t('b')))] },
        ],
      },
      p(t('x')),
    ],
  },
];

test.each(read)('reads $what', ({ markup, nodes }) => {
  expect(fromWiki(markup)).toEqual(normaliseAdf(doc(...nodes)));
});
