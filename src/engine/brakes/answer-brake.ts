/** Takes an admin's answer to the question of a brake; with it the synchronization goes on. */
import { requireConnection } from '../connect/require-connection';
import { Refusal } from '../errors';
import type { Ports } from '../ports/ports';
import { activityRow } from '../record-activity';
import type { Brake } from '../rows/brake';
import { readStreamRows } from '../stream/rows';
import { updateConnection } from '../update-connection';

export interface AnswerToBrake {
  id: string;
  /** When the brake was raised, as it was shown: an answer counts for the question that somebody read. */
  at: number;
  answer: string;
  /** Account of the admin. */
  accountId?: string;
}

/** Throws a refusal when that question is not open any more, or has no such answer. */
export async function answerBrake(ports: Ports, request: AnswerToBrake): Promise<void> {
  const { id, answer, accountId } = request;
  const label = labelOf((await requireConnection(ports, id)).brake, request);
  const { incoming } = await readStreamRows(ports, id);
  const given = {
    answer,
    at: ports.clock.now(),
    seq: incoming.body.seq,
    ...(accountId === undefined ? {} : { by: accountId }),
  };
  await updateConnection(
    ports,
    id,
    ({ brake, ...row }) =>
      brake?.at === request.at
        ? { ...row, brakeAnswers: { ...row.brakeAnswers, [brake.reason]: given } }
        : undefined,
    () => [activityRow(ports, id, { level: 'info', text: `The safety stop was answered: ${label}.` })],
  );
  await ports.queue.wake({ connection: id, hints: [] });
}

function labelOf(brake: Brake | undefined, { at, answer }: AnswerToBrake): string {
  if (brake?.at !== at) {
    throw new Refusal('conflict', 'This question was answered already. Load the page again.');
  }
  const chosen = brake.answers?.find(({ id }) => id === answer);
  if (chosen === undefined) throw new Refusal('invalid', 'Choose one of the answers.');
  return chosen.label;
}
