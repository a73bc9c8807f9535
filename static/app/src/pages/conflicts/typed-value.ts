/** What somebody types instead of either value, turned into a value of the field. */
import type { CallAnswer } from '../../../../../src/api/calls';

export type Conflict = CallAnswer<'conflicts'>['conflicts'][number];
export type Value = Conflict['here']['value'];

/** Choices and people are taken from one of the sites: a typed name could stand for nothing there. */
const typeable: ReadonlySet<Value['t']> = new Set(['text', 'adf', 'number', 'date']);

export function canType({ here }: Conflict): boolean {
  return typeable.has(here.value.t);
}

/** An undefined value does not fit; `problem` says what would. */
export function typedValue(type: Value['t'], text: string): { value: Value } | { problem: string } {
  const said = text.trim();
  switch (type) {
    case 'text':
      return { value: { t: 'text', v: text } };
    case 'adf':
      return { value: { t: 'adf', v: said === '' ? null : paragraphs(text) } };
    case 'number':
      return numberOf(said);
    case 'date':
      if (said === '') return { value: { t: 'date', v: null } };
      return /^\d{4}-\d{2}-\d{2}$/.test(said) && !Number.isNaN(Date.parse(said))
        ? { value: { t: 'date', v: said } }
        : { problem: 'Write the date as 2026-12-31.' };
    default:
      return { problem: 'Take one of the two values.' };
  }
}

function numberOf(said: string): { value: Value } | { problem: string } {
  if (said === '') return { value: { t: 'number', v: null } };
  const v = Number(said);
  return Number.isFinite(v) ? { value: { t: 'number', v } } : { problem: 'Write a number, such as 2.5.' };
}

/** Empty lines part paragraphs, other line ends stay line ends. */
function paragraphs(text: string) {
  const parts = text.trim().split(/\n\s*\n/);
  return { type: 'doc' as const, version: 1, content: parts.map(paragraph) };
}

function paragraph(part: string) {
  const content = part
    .split('\n')
    .flatMap((line, index) => [
      ...(index === 0 ? [] : [{ type: 'hardBreak' }]),
      ...(line === '' ? [] : [{ type: 'text', text: line }]),
    ]);
  return { type: 'paragraph', content };
}
