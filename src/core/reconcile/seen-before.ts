/** Tells an edit over the partner's value from one beside it, by what our issue held before. */
import { equalValues } from '#core/merge/equal-values';
import { hashValue } from '#core/merge/hash-values';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { FieldValue } from '#core/model/value';
import { hashText } from '#core/protocol/hash';

/** As many as of other values. */
const pastDigits = 22;

/**
 * True when our issue came from `start` to what it holds by way of `said`: people here saw that value and wrote over it. So
 * it was after a write of ours whose record was lost. `past`: what the issue held, the latest first.
 */
export function sawBefore(past: readonly FieldValue[], said: FieldValue, start: FieldValue): boolean {
  // Where bare text does not tell them apart (pictures, formats), history proves nothing.
  if (saysSame(said, start)) return false;
  let isSeen = false;
  for (const value of past) {
    if (saysSame(value, start)) return isSeen;
    isSeen ||= saysSame(value, said);
  }
  // It never held `start`, whose place a merged value took: what stood there long ago says nothing.
  return false;
}

/** Says which value the history tells, without saying it. */
export function hashOfPast(value: FieldValue): string {
  return value.t === 'adf' ? hashText(bareText(value.v)).slice(0, pastDigits) : hashValue(value);
}

/** The history tells a document as its bare text. */
export function saysSame(past: FieldValue, value: FieldValue): boolean {
  if (past.t !== 'adf' || value.t !== 'adf') return equalValues(past, value);
  return bareText(past.v) === bareText(value.v);
}

function bareText(document: AdfNode | null): string {
  const parts: string[] = [];
  const waiting: AdfNode[] = document === null ? [] : [document];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (node?.text !== undefined) parts.push(node.text);
    waiting.push(...[...(node?.content ?? [])].reverse());
  }
  return parts.join('').replace(/\s+/g, '');
}
