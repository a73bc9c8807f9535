/** Deletes an issue whose twin was deleted. Its sub-tasks go with it only where a person said so. */
import type { Pair } from '#core/model/pair';
import { isPassing, type Later, later } from '../pairs/outcome';
import { putPair } from '../pairs/pairs';
import type { IssueRead } from '../ports/site';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';

/** `hasSubtasks`: Jira refuses it because of them. */
export type TwinDeleted =
  | { kind: 'deleted' }
  | { kind: 'refused'; reason: string; hasSubtasks: boolean }
  | Later;

/** That the request leaves is durable before: after a crash an issue that is gone was deleted by us. */
export async function deleteTwin(
  session: Session,
  pair: Pair,
  work: { issue: IssueRead; withSubtasks: boolean },
): Promise<TwinDeleted> {
  const { issue, withSubtasks } = work;
  const parts = subtasksOf(issue);
  if (parts.length > 0 && !withSubtasks) {
    const reason = `It has sub-tasks here: ${parts.map(({ key }) => key).join(', ')}.`.slice(0, 1_500);
    return { kind: 'refused', reason, hasSubtasks: true };
  }
  if (pair.ending !== undefined && pair.ending.begun === undefined) {
    putPair(session, { ...pair, ending: { ...pair.ending, begun: true } });
  }
  // Their own pairs end as well; Jira does not tell the app of what it does itself.
  for (const { id } of parts) {
    if (!session.hasRoom) await session.commit();
    session.noteDirty(setDirty(session.id, id, 'deleted', session.ports.clock.now()));
  }
  await session.commit();
  const deleted = await session.ports.site.deleteIssue(issue.id, withSubtasks);
  if (deleted.ok || deleted.failure.kind === 'gone') return { kind: 'deleted' };
  if (isPassing(deleted.failure)) return later(deleted.failure);
  return { kind: 'refused', reason: deleted.failure.message, hasSubtasks: false };
}

/** As they stand in the issue; `subtasks` is among the fields that are read of one that comes to an end. */
function subtasksOf({ fields }: IssueRead): { id: string; key: string }[] {
  const raw = fields['subtasks'];
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((one: { id?: unknown; key?: unknown } | null) =>
    one?.id === undefined ? [] : [{ id: String(one.id), key: String(one.key ?? one.id) }],
  );
}
