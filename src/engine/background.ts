/** What may wait: what no event told of, pairing, existing issues, checks, replays, changed filters. A slice of it at a time, when nothing live is left to do. */
import { backfillPage } from './backfill/backfill-page';
import { catchUpSlice } from './catch-up/catch-up-slice';
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

/** What is short comes first, so that existing issues, which may take days, do not hold it up. */
const slices = [catchUpSlice, pairSlice, backfillPage, driftSlice, replaySlice, filterSlice];

async function slice(session: Session, todo: Todo): Promise<boolean> {
  for (const work of slices) {
    const done = await work(session);
    if (done.kind === 'finished') continue;
    if (done.kind === 'later') pause(session, todo, done);
    if (done.kind !== 'more') return false;
    // Before the next page comes what people did meanwhile.
    await session.lookForNews();
    todo.addNews(session);
    return true;
  }
  return false;
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
