/** Issues about which an admin has to decide, because their twin came to an end or they cannot be read any more. */
import type { EndAnswer } from '#core/model/ending';
import { type Pair, pairSchema } from '#core/model/pair';
import { requireConnection } from '../connect/require-connection';
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { endingItem, problemRowSchema, unreachableItem } from '../rows/problem';
import { openAnswers } from './answer-end';

/** Rows on one page. */
const pageSize = 50;

const labels: Record<EndAnswer, string> = {
  delete: 'Delete it here too',
  withSubtasks: 'Delete it here with its sub-tasks',
  keep: 'Keep it without a twin',
  deleted: 'It was deleted',
};
/** Of an issue that cannot be read nothing is here to be kept. */
const giveUp = 'Give it up; its twin stays';

export interface ShownEnd {
  pair: string;
  issueKey: string;
  partnerKey?: string;
  at: number;
  reason: string;
  answers: { id: EndAnswer; label: string }[];
}

/** The listing may lag by moments; each entry is as it stands now. A page may be empty and still have a cursor. */
export async function listEnds(
  ports: Ports,
  request: { id: string; cursor?: string | undefined },
): Promise<{ ends: ShownEnd[]; cursor?: string }> {
  const { id } = await requireConnection(ports, request.id);
  const page = { table: 'problem', group: id, limit: pageSize } as const;
  const listed = await ports.store.list(
    request.cursor === undefined ? page : { ...page, cursor: request.cursor },
  );
  const ends: ShownEnd[] = [];
  for (const row of listed.rows) {
    const item = problemRowSchema
      .parse(row.body)
      .items.find((one) => one.id === endingItem || one.id === unreachableItem);
    if (item === undefined) continue;
    const stored = await ports.store.get('pair', rowKeys.pair(id, row.key.slice(id.length + 1)));
    const pair = stored === undefined ? undefined : pairSchema.parse(stored.body);
    if (pair !== undefined && openAnswers(pair).length > 0) ends.push(show(pair, item));
  }
  return { ends, ...(listed.cursor === undefined ? {} : { cursor: listed.cursor }) };
}

function show(pair: Pair, { at, reason }: { at: number; reason: string }): ShownEnd {
  const isLost = pair.ending === undefined;
  return {
    pair: pair.pair,
    issueKey: pair.local?.key ?? '',
    ...(pair.partner === undefined ? {} : { partnerKey: pair.partner.key }),
    at,
    reason,
    answers: openAnswers(pair).map((answer) => {
      return { id: answer, label: isLost && answer === 'keep' ? giveUp : labels[answer] };
    }),
  };
}
