/** What a run still has to look at, what has to wait, and when somebody should come back. */
import type { Later } from '../pairs/outcome';
import { mostHints, type Stream } from '../rows/stream';
import type { Session } from './session';

/** Rows of one listing, and listings of one run. */
const page = 100;
const mostPages = 10;
/** The partner counts as heard now if a message of it came this recently, milliseconds. */
const freshMs = 60_000;

export class Todo {
  private readonly keys = new Set<string>();
  private readonly waiting = new Set<string>();
  private isOverflow: boolean;
  private wakeAfterMs: number | undefined;
  private isResting = false;

  constructor(session: Session, hints: readonly string[]) {
    this.isOverflow = session.stream.overflow === true;
    for (const key of [...hints, ...(session.stream.waiting ?? [])]) this.keys.add(key);
    this.addNews(session);
  }

  get hasWaiting(): boolean {
    return this.waiting.size > 0;
  }

  get isDelayed(): boolean {
    return this.wakeAfterMs !== undefined || this.isResting;
  }

  /** What others left while we worked. */
  addNews({ box }: Session): void {
    for (const key of box.hints) this.keys.add(key);
    if (box.overflow === true) this.isOverflow = true;
  }

  hasFresh(session: Session): boolean {
    return this.keys.size > 0 || session.noted.size > 0;
  }

  /** Everything to look at now; with more than can be named, a listing finds the rest. */
  async take(session: Session): Promise<string[]> {
    for (const key of [...this.waiting, ...session.noted]) this.keys.add(key);
    if (this.isOverflow) await this.list(session);
    const taken = [...this.keys];
    this.keys.clear();
    this.waiting.clear();
    session.noted.clear();
    return taken;
  }

  /** Keys that stay dirty. Issues of a backfill have none. */
  keep(keys: readonly string[]): void {
    for (const key of keys) if (key !== '') this.waiting.add(key);
  }

  delay(afterMs: number): void {
    this.wakeAfterMs = Math.min(afterMs, this.wakeAfterMs ?? Number.POSITIVE_INFINITY);
  }

  /** Issues that were sent a moment ago come later: one timer for all of them. */
  rest(session: Session): void {
    const { memory, stream } = session;
    const { restMs } = memory;
    if (restMs === undefined) return;
    delete memory.restMs;
    this.isResting = true;
    const now = session.ports.clock.now();
    if ((stream.restUntil ?? 0) > now) return;
    this.delay(restMs);
    session.change((before) => ({ ...before, restUntil: now + restMs }));
  }

  /** Jira wants a pause: one timer for it, whoever else comes meanwhile. */
  pause(session: Session, { afterMs }: Later): void {
    this.delay(afterMs);
    const pausedUntil = session.ports.clock.now() + afterMs;
    session.change((stream) => ({ ...stream, pausedUntil }));
  }

  isHeardNow(session: Session): boolean {
    return session.ports.clock.now() - (session.incoming.heardAt ?? 0) < freshMs;
  }

  /** Puts what waits into the stream row, so that the next worker finds it by a strict read. */
  stage(session: Session): void {
    const all = [...new Set([...this.keys, ...this.waiting, ...session.noted])];
    const isTooMany = this.isOverflow || all.length > mostHints;
    const { waiting = [], overflow = false } = session.stream;
    const kept = all.slice(0, mostHints);
    if (isTooMany === overflow && JSON.stringify(kept) === JSON.stringify(waiting)) return;
    session.change(({ overflow: _before, ...stream }): Stream => {
      return { ...stream, waiting: kept, ...(isTooMany ? { overflow: true } : {}) };
    });
  }

  /** Timers are delays of the queue; what they forget the sweep finds. */
  async wakeLater(session: Session): Promise<void> {
    if (this.wakeAfterMs === undefined) return;
    const seconds = Math.min(900, Math.ceil(this.wakeAfterMs / 1_000));
    await session.ports.queue.wake({ connection: session.id, hints: [] }, seconds);
  }

  private async list(session: Session): Promise<void> {
    let cursor: string | undefined;
    for (let count = 0; count < mostPages; count += 1) {
      const request = { table: 'dirty', group: session.id, limit: page } as const;
      const listed = await session.ports.store.list(cursor === undefined ? request : { ...request, cursor });
      for (const row of listed.rows) this.keys.add(row.key);
      cursor = listed.cursor;
      if (cursor === undefined) {
        this.isOverflow = false;
        return;
      }
    }
  }
}
