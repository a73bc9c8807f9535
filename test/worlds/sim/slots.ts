/** The fields that random people edit: one entry for each, with all that a world has to know of it. */
import type { FieldBinding } from '#core/model/binding';
import type { ContractField } from '#core/model/contract';
import type { FieldKind, FieldValue } from '#core/model/value';
import { paragraph } from '../../support/memory-site';
import type { SeededRandom } from '../../support/seeded-random';
import type { SiteFacts } from '../site-facts';
import { elementsOf, type Shape, type Word } from './ledger-words';

export interface Editing {
  random: SeededRandom;
  /** Never used before. */
  n: number;
  tag: string;
  facts: SiteFacts;
  /** What stands there. */
  shown: Word;
  /** Values and elements that the field of this issue ever had. */
  used: ReadonlySet<string>;
  /** Elements that may be taken away. */
  mayRemove(element: string): boolean;
}

export interface Slot {
  id: string;
  kind: FieldKind;
  shape: Shape;
  fieldId(facts: SiteFacts): string;
  /** Local ids of the choices, in the same order on both sites. */
  choices?(facts: SiteFacts): string[];
  /** What Jira stores for a word, and the other way round. */
  toRaw(word: Word, facts: SiteFacts): unknown;
  toWord(raw: unknown, facts: SiteFacts): Word;
  /** The next value that somebody writes; undefined: nobody can think of one. */
  fresh(editing: Editing): Word | undefined;
  /** How the log of the app says a word; as JSON where nothing is said. */
  says?(word: Word): string;
  /** Not by an edit but by the workflow. */
  isStatus?: true;
}

interface Raw {
  id?: string;
  content?: { content?: { text?: string }[] }[];
}

const asIs = {
  toRaw: (word: Word) => word,
  toWord: (raw: unknown) => (raw === undefined || raw === '' ? null : (raw as Word)),
};

function day(n: number): string {
  return new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
}

/** Paragraphs of a document. */
export function linesOf(raw: unknown): string[] {
  return ((raw as Raw | null | undefined)?.content ?? []).map((node) => node.content?.[0]?.text ?? '');
}

/** Choices written as `{ id }`; words are positions. */
function choiceOf(choices: (facts: SiteFacts) => string[]): Pick<Slot, 'choices' | 'toRaw' | 'toWord'> {
  return {
    choices,
    toRaw: (word, facts) => (word === null ? null : { id: choices(facts)[Number(word)] }),
    toWord: (raw, facts) => {
      const id = (raw as Raw | null | undefined)?.id;
      return id === undefined ? null : String(choices(facts).indexOf(id));
    },
  };
}

const options = (facts: SiteFacts): string[] => facts.options.map(({ id }) => id);

/** An option that this issue never had: the ledger tells words apart by their name. */
function unused(prefix: string, { used, facts }: Editing): string | undefined {
  return facts.options.map((_, index) => `${prefix}${index}`).find((one) => !used.has(one));
}

/** Adds an element, or takes one away. */
function changeSet({ random, shown, mayRemove }: Editing, fresh: string | undefined): Word | undefined {
  const before = elementsOf(shown);
  const victim = before.find(mayRemove);
  if (victim !== undefined && random.chance(0.4)) return before.filter((one) => one !== victim);
  return fresh === undefined ? undefined : [...before, fresh].sort();
}

function changeText({ random, n, shown, mayRemove }: Editing): Word {
  const before = [...elementsOf(shown)];
  const at = random.below(before.length + 1);
  const victim = before[at];
  const isReplacing = victim !== undefined && mayRemove(victim) && random.chance(0.5);
  const isRemoving = isReplacing && before.length > 1 && random.chance(0.3);
  before.splice(at, isReplacing ? 1 : 0, ...(isRemoving ? [] : [`body ${n}.`]));
  return before;
}

export const slots: readonly Slot[] = [
  {
    id: 'summary',
    kind: 'summary',
    shape: 'unique',
    fieldId: () => 'summary',
    ...asIs,
    fresh: ({ tag, n }) => `${tag} text ${n}`,
  },
  {
    id: 'body',
    kind: 'richText',
    shape: 'list',
    fieldId: () => 'description',
    toRaw: (word) =>
      elementsOf(word).length === 0
        ? null
        : { ...paragraph(''), content: elementsOf(word).flatMap((text) => paragraph(text).content) },
    toWord: linesOf,
    fresh: changeText,
  },
  {
    id: 'labels',
    kind: 'labels',
    shape: 'set',
    fieldId: () => 'labels',
    toRaw: (word) => elementsOf(word),
    toWord: (raw) => [...((raw as string[] | null | undefined) ?? [])].sort(),
    fresh: (editing) => changeSet(editing, `l${editing.n}`),
  },
  {
    id: 'due',
    kind: 'date',
    shape: 'unique',
    fieldId: () => 'duedate',
    ...asIs,
    fresh: ({ n }) => day(n),
  },
  {
    id: 'priority',
    kind: 'priority',
    shape: 'few',
    fieldId: () => 'priority',
    ...choiceOf((facts) => facts.priorities.map(({ id }) => id)),
    fresh: ({ random }) => String(random.below(3)),
  },
  {
    id: 'colour',
    kind: 'select',
    shape: 'unique',
    fieldId: ({ selectField }) => selectField,
    ...choiceOf(options),
    fresh: (editing) => unused('', editing),
    says: (word) => JSON.stringify(`colour-${String(word)}`),
  },
  {
    id: 'status',
    kind: 'status',
    shape: 'few',
    isStatus: true,
    fieldId: () => 'status',
    ...choiceOf((facts) => facts.statuses.map(({ id }) => id)),
    fresh: () => undefined,
  },
  {
    id: 'note',
    kind: 'text',
    shape: 'unique',
    fieldId: (facts) => free(facts, 0),
    ...asIs,
    fresh: ({ n }) => `note ${n}.`,
  },
  {
    id: 'points',
    kind: 'number',
    shape: 'unique',
    fieldId: (facts) => free(facts, 1),
    toRaw: (word) => (word === null ? null : Number(word)),
    toWord: (raw) => (raw === null || raw === undefined ? null : String(raw)),
    fresh: ({ n }) => String(n + 0.5),
    says: (word) => String(word),
  },
  {
    id: 'areas',
    kind: 'multiSelect',
    shape: 'set',
    fieldId: (facts) => free(facts, 2),
    choices: options,
    toRaw: (word, facts) => elementsOf(word).map((one) => ({ id: options(facts)[Number(one.slice(1))] })),
    toWord: (raw, facts) =>
      ((raw as Raw[] | null | undefined) ?? []).map(({ id = '' }) => `a${options(facts).indexOf(id)}`).sort(),
    fresh: (editing) => changeSet(editing, unused('a', editing)),
  },
];

export function slotOf(id: string): Slot {
  const slot = slots.find((one) => one.id === id);
  if (slot === undefined) throw new Error(`No slot ${id}.`);
  return slot;
}

/** By local field id, as Jira stores them. */
export function raws(words: Record<string, Word>, facts: SiteFacts): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(words).map(([id, word]) => [slotOf(id).fieldId(facts), slotOf(id).toRaw(word, facts)]),
  );
}

/** A value in the words of the agreement. */
export function sharedWord(slot: string, value: FieldValue): Word {
  switch (value.t) {
    case 'text':
      return value.v === '' ? null : value.v;
    case 'adf':
      return linesOf(value.v);
    case 'set':
      return value.v.map((one) => (slot === 'labels' ? one : one.replace(`${slot}-`, 'a'))).sort();
    case 'date':
      return value.v;
    case 'option':
      return value.v === null ? null : value.v.replace(`${slot}-`, '');
    case 'number':
      return value.v === null ? null : String(value.v);
    default:
      throw new Error(`${slot} has a value of type ${value.t}.`);
  }
}

/** Of a contract: this slot, with every choice as a value. */
export function contractField(
  slot: Slot,
  facts: SiteFacts,
  rest: Pick<ContractField, 'direction' | 'policy'>,
): ContractField {
  const values = slot
    .choices?.(facts)
    .map((_id, index) => ({ id: valueId(slot, index), label: `${slot.id} ${index}` }));
  return {
    id: slot.id,
    kind: slot.kind,
    label: slot.id,
    ...rest,
    ...(values === undefined ? {} : { values }),
  };
}

export function fieldBinding(slot: Slot, facts: SiteFacts): FieldBinding {
  const values = slot.choices?.(facts).map((id, index) => ({ value: valueId(slot, index), locals: [id] }));
  return { slot: slot.id, fieldId: slot.fieldId(facts), ...(values === undefined ? {} : { values }) };
}

function valueId(slot: Slot, index: number): string {
  return `${slot.id}-${index}`;
}

function free(facts: SiteFacts, index: number): string {
  return facts.freeFields?.[index] ?? '';
}
