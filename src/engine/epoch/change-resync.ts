/** Stages a change of what two sites are telling each other after an epoch began. */
import type { Resync } from '../rows/stream';
import type { Session } from '../stream/session';

/** Nothing where that is over. */
export function changeResync(session: Session, change: (resync: Resync) => Resync): void {
  session.change((stream) =>
    stream.resync === undefined ? stream : { ...stream, resync: change(stream.resync) },
  );
}
