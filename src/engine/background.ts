/** What may wait: pairing, existing issues, checks. A slice of it at a time, when nothing live is left to do. */
import { backfillPage } from './backfill/backfill-page';
import { driftSlice } from './drift/check-slice';
import { filterSlice } from './filter/filter-slice';
import { pairSlice } from './pairing/pair-slice';
import type { Later } from './pairs/outcome';
import { replaySlice } from './replay/replay-slice';
import type { Session } from './stream/session';
import type { Todo } from './stream/todo';

/** True when there is more to do at once. */
export async function workInBackground(session: Session, todo: Todo): Promise<boolean> {
  if (isWaiting(session)) return false;
  const { governor } = session.ports;
  governor?.setLane('background');
  try {
    return await slice(session, todo);
  } finally {
    governor?.setLane('live');
  }
}

/** Until points are free again. Whoever had to stop left a timer; after a longer pause the sweep comes. */
function isWaiting(session: Session): boolean {
  const { backgroundUntil } = session.stream;
  if (backgroundUntil === undefined) return false;
  if (backgroundUntil > session.ports.clock.now()) return true;
  session.change(({ backgroundUntil: _over, ...stream }) => stream);
  return false;
}

async function slice(session: Session, todo: Todo): Promise<boolean> {
  const paired = await pairSlice(session);
  const backfilled = paired.kind === 'finished' ? await backfillPage(session) : paired;
  if (backfilled.kind === 'later') pause(session, todo, backfilled);
  if (backfilled.kind === 'finished') {
    const drifted = await driftSlice(session);
    const replayed = drifted.kind === 'finished' ? await replaySlice(session) : drifted;
    const checked = replayed.kind === 'finished' ? await filterSlice(session) : replayed;
    if (checked.kind === 'later') pause(session, todo, checked);
    if (checked.kind === 'more') {
      await session.lookForNews();
      todo.addNews(session);
      return true;
    }
  }
  // Before the next page comes what people did meanwhile.
  if (backfilled.kind === 'more') {
    await session.lookForNews();
    todo.addNews(session);
  }
  return backfilled.kind === 'more';
}

function pause(session: Session, todo: Todo, wait: Later): void {
  if (wait.only === undefined) {
    todo.pause(session, wait);
    return;
  }
  todo.delay(wait.afterMs);
  const backgroundUntil = session.ports.clock.now() + wait.afterMs;
  session.change((stream) => ({ ...stream, backgroundUntil }));
}
