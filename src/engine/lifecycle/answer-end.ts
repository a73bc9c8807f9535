/** Takes an admin's decision about one issue whose twin came to an end, or which cannot be read any more; the worker carries it out. */
import type { EndAnswer } from '#core/model/ending';
import { type Pair, pairSchema } from '#core/model/pair';
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import { noteAspect } from '../note-change';
import type { Ports } from '../ports/ports';
import { rowKeys } from '../rows/keys';
import { isRunning } from '../rows/registry';
import { setEndAnswer } from './end-answer';

/** Answers that are possible now; none where nothing is asked. */
export function openAnswers(pair: Pair): readonly EndAnswer[] {
  if (pair.ending !== undefined) return pair.ending.wait?.answers ?? [];
  return pair.state === 'unreachable' ? ['deleted', 'keep'] : [];
}

/** Durable when it returns. Throws a refusal when nothing is asked any more, or something else is. */
export async function answerEnd(
  ports: Ports,
  request: { id: string; pair: string; answer: EndAnswer },
): Promise<void> {
  const connection = await requireConnection(ports, request.id);
  const row = await ports.store.get('pair', rowKeys.pair(connection.id, request.pair));
  const pair = row === undefined ? undefined : pairSchema.parse(row.body);
  if (pair?.local === undefined || !openAnswers(pair).includes(request.answer)) {
    throw new Refusal(
      'conflict',
      'This is decided already, or something else is asked now. Load the page again.',
    );
  }
  const entry = { id: connection.id, running: isRunning(connection) };
  // As if its delete event had come: the worker asks Jira once more before it believes it.
  if (request.answer === 'deleted') return noteAspect(ports, entry, pair.local.id, 'deleted');
  await ports.store.transact([setEndAnswer(connection.id, pair.pair, request.answer)]);
  await noteAspect(ports, entry, pair.local.id, 'end');
}
