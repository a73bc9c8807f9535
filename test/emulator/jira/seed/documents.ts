/** Short words for writing documents in seeds. */
import type { Adf } from '../entities';

type Node = Record<string, unknown>;
type Inline = string | Node;

export function doc(...content: (string | Node)[]): Adf {
  return {
    type: 'doc',
    version: 1,
    content: content.map((part) => (typeof part === 'string' ? p(part) : part)),
  };
}

function inline(parts: readonly Inline[]): Node[] {
  return parts.map((part) => (typeof part === 'string' ? { type: 'text', text: part } : part));
}

export function p(...parts: Inline[]): Node {
  return { type: 'paragraph', content: inline(parts) };
}

export function heading(level: number, text: string): Node {
  return { type: 'heading', attrs: { level }, content: inline([text]) };
}

function marked(text: string, type: string, attrs?: Node): Node {
  return { type: 'text', text, marks: [attrs === undefined ? { type } : { type, attrs }] };
}

export const strong = (text: string): Node => marked(text, 'strong');
export const em = (text: string): Node => marked(text, 'em');
export const code = (text: string): Node => marked(text, 'code');
export const link = (text: string, href: string): Node => marked(text, 'link', { href });
/** A person by nick; planting puts in account and name. */
export const mention = (nick: string): Node => ({
  type: 'mention',
  attrs: { id: `@${nick}`, text: `@${nick}`, accessLevel: '' },
});
export const emoji = (shortName: string, text: string): Node => ({
  type: 'emoji',
  attrs: { shortName, id: shortName, text },
});
export const status = (text: string, color: string): Node => ({
  type: 'status',
  attrs: { text, color, localId: `status-${text}` },
});
export const card = (url: string): Node => ({ type: 'inlineCard', attrs: { url } });
export const date = (day: string): Node => ({
  type: 'date',
  attrs: { timestamp: String(Date.parse(`${day}T00:00:00Z`)) },
});

function items(type: string, entries: readonly (Inline | readonly Inline[])[]): Node {
  const content = entries.map((entry) => ({
    type: 'listItem',
    content: [Array.isArray(entry) ? p(...(entry as Inline[])) : p(entry as Inline)],
  }));
  return { type, content };
}

export const bullets = (...entries: (Inline | Inline[])[]): Node => items('bulletList', entries);
export const steps = (...entries: (Inline | Inline[])[]): Node => items('orderedList', entries);

export function codeBlock(language: string, text: string): Node {
  return { type: 'codeBlock', attrs: { language }, content: [{ type: 'text', text }] };
}

export function panel(panelType: string, ...parts: Inline[]): Node {
  return { type: 'panel', attrs: { panelType }, content: [p(...parts)] };
}

export function quote(text: string): Node {
  return { type: 'blockquote', content: [p(text)] };
}

export const rule: Node = { type: 'rule' };

/** The first row is the header. */
export function table(...rows: string[][]): Node {
  const content = rows.map((cells, position) => ({
    type: 'tableRow',
    content: cells.map((text) => ({
      type: position === 0 ? 'tableHeader' : 'tableCell',
      attrs: {},
      content: [text === '' ? { type: 'paragraph' } : p(text)],
    })),
  }));
  return { type: 'table', attrs: { isNumberColumnEnabled: false, layout: 'default' }, content };
}

/** A file of the issue by its name; planting puts in the media id. */
export function picture(filename: string): Node {
  const media = {
    type: 'media',
    attrs: { type: 'file', id: `file:${filename}`, collection: '', alt: filename, width: 160, height: 90 },
  };
  return { type: 'mediaSingle', attrs: { layout: 'center' }, content: [media] };
}

export function tasks(...entries: [boolean, string][]): Node {
  const content = entries.map(([done, text], position) => ({
    type: 'taskItem',
    attrs: { localId: `task-${position + 1}`, state: done ? 'DONE' : 'TODO' },
    content: inline([text]),
  }));
  return { type: 'taskList', attrs: { localId: 'task-list' }, content };
}

export function expand(title: string, ...parts: Node[]): Node {
  return { type: 'expand', attrs: { title }, content: parts };
}
