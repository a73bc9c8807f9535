/** What is agreed on the comments of a pair, asked by both the sender and the receiver. */

import type { Audience } from '#core/model/comment-terms';
import { audienceHere, audienceSlot } from '#core/model/comment-terms';
import type { Pair } from '#core/model/pair';
import type { CommentRead } from '../ports/site';
import { type Agreement, findMapping, iMaySend, partnerMaySend } from './agreement';

export function maySendComments(agreement: Agreement, pair: Pair): boolean {
  const comments = findMapping(agreement, pair.mapping)?.mapping.comments ?? 'off';
  return comments !== 'off' && iMaySend(agreement, comments);
}

export function mayReceiveComments(agreement: Agreement, pair: Pair): boolean {
  const comments = findMapping(agreement, pair.mapping)?.mapping.comments ?? 'off';
  return comments !== 'off' && partnerMaySend(agreement, comments);
}

/** What becomes of edits of copies. They travel back only where the comments of both sites travel. */
export function copyEdits(agreement: Agreement, pair: Pair): 'stay' | 'restore' | 'back' {
  const mapping = findMapping(agreement, pair.mapping)?.mapping;
  const edits = mapping?.commentTerms?.edits ?? 'stay';
  return edits === 'back' && mapping?.comments !== 'both' ? 'stay' : edits;
}

export function copyDeletions(agreement: Agreement, pair: Pair): 'delete' | 'keep' | 'mark' {
  return findMapping(agreement, pair.mapping)?.mapping.commentTerms?.deletions ?? 'delete';
}

/** `hidden`: it must not leave. `audience`: absent for a comment that everybody may see. */
export function audienceOf(
  agreement: Agreement,
  pair: Pair,
  comment: CommentRead,
): 'hidden' | { audience?: string } {
  if (!comment.restricted) return {};
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined || comment.audience === undefined) return 'hidden';
  const audience = audienceSlot(agreed.mapping.commentTerms, agreed.binding.audiences, comment.audience);
  return audience === undefined ? 'hidden' : { audience };
}

/** Who may see the copy of a comment that is restricted to an audience; undefined: nobody here stands for it. */
export function audienceFor(agreement: Agreement, pair: Pair, slot: string): Audience | undefined {
  const agreed = findMapping(agreement, pair.mapping);
  return agreed === undefined
    ? undefined
    : audienceHere(agreed.mapping.commentTerms, agreed.binding.audiences, slot);
}
