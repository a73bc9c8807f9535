/** What an admin decided about one issue whose twin came to an end; left for the worker. */
import { z } from 'zod';
import { type EndAnswer, endAnswerSchema } from '#core/model/ending';
import type { StoreOperation } from '../ports/store';
import { rowKeys } from '../rows/keys';
import { ordersGroup } from '../rows/orders';
import type { Session } from '../stream/session';

const rowSchema = z.object({ answer: endAnswerSchema });

/** A later answer replaces an earlier one. */
export function setEndAnswer(connection: string, pair: string, answer: EndAnswer): StoreOperation {
  const key = rowKeys.endAnswer(connection, pair);
  return { op: 'set', table: 'problem', key, body: { answer }, group: ordersGroup(connection), rank: key };
}

export async function readEndAnswer(session: Session, pair: string): Promise<EndAnswer | undefined> {
  const body = await session.rows.read('problem', rowKeys.endAnswer(session.id, pair));
  return body === undefined ? undefined : rowSchema.parse(body).answer;
}
