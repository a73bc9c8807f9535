/** Ends a pair: what is left is a tombstone, so that neither issue is ever paired or made again. */
import type { Ended } from '#core/model/ending';
import type { Pair } from '#core/model/pair';
import { putPair } from '../pairs/pairs';
import { stageProblems } from '../pairs/problems';
import { activityRow } from '../record-activity';
import { rowKeys } from '../rows/keys';
import type { Session } from '../stream/session';

/** Comments, logged work and files of one issue that are looked at. */
const mostParts = 100;

/** Stages it. `text`: for the log, what became of the twin. Jira is not asked. */
export async function endPair(
  session: Session,
  pair: Pair,
  ended: Omit<Ended, 'at'> & { text: string },
): Promise<void> {
  await clearParts(session, pair.pair);
  const { text, ...what } = ended;
  const { mapping, type, origin, inSeq, local, partner } = pair;
  putPair(session, {
    pair: pair.pair,
    mapping,
    type,
    origin,
    inSeq,
    state: 'gone',
    base: {},
    held: {},
    ended: { ...what, at: session.ports.clock.now() },
    ...(local === undefined ? {} : { local }),
    ...(partner === undefined ? {} : { partner }),
  });
  if (isCounted(pair)) {
    session.change((stream) => {
      const pairs = Math.max(0, stream.counts.pairs - 1);
      return { ...stream, counts: { ...stream.counts, pairs } };
    });
  }
  await stageProblems(session, pair.pair, { items: [] });
  for (const key of [rowKeys.orders(session.id, pair.pair), rowKeys.endAnswer(session.id, pair.pair)]) {
    session.rows.stage({ op: 'delete', table: 'problem', key });
  }
  const about = local === undefined ? {} : { issueKey: local.key };
  session.rows.stage(activityRow(session.ports, session.id, { level: 'warning', text, ...about }));
}

/** What waited on the issue, a comment for instance, waits for nothing any more. The listing may lag: then a line stays. */
async function clearParts(session: Session, pair: string): Promise<void> {
  const range = { group: session.id, from: `${pair}:`, to: `${pair}:~`, limit: mostParts };
  for (const table of ['commentTwin', 'attachmentTwin'] as const) {
    const { rows } = await session.ports.store.list({ table, ...range });
    for (const { key } of rows) {
      if (!session.hasRoom) await session.commit();
      await stageProblems(session, key.slice(session.id.length + 1), { items: [] });
    }
  }
}

function isCounted({ state }: Pair): boolean {
  return state === 'twinned' || state === 'unreachable';
}
