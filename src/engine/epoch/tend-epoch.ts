/** Begins a new epoch where a side lost its memory, and goes over to the partner's when what came before is applied. */
import { countEpochs } from '#core/epoch/judge-epoch';
import { chainStart } from '#core/protocol/envelope';
import { raiseBrake } from '../brakes/raise-brake';
import { activityRow } from '../record-activity';
import type { Stream } from '../rows/stream';
import type { Session } from '../stream/session';
import { type EpochCause, epochCause } from './epoch-cause';
import { inboxPlace } from './inbox-lives';

const idBytes = 8;

/** Costs nothing while both sites remember. To be called before anything is applied, captured or sent. */
export async function tendEpoch(session: Session): Promise<void> {
  const { stream, incoming, connection, ports } = session;
  const clocks = { now: ports.clock.now(), startedAt: connection.run.startedAt };
  const cause = session.memory.epoch ?? epochCause(stream, incoming, clocks);
  if (cause !== undefined) await openEpoch(session, cause);
  else noteSilence(session);
  passOver(session);
}

async function openEpoch(session: Session, cause: EpochCause): Promise<void> {
  delete session.memory.epoch;
  if (session.hasStaged) await session.commit();
  const { ports, id, connection } = session;
  const now = ports.clock.now();
  const answeredAt = connection.brakeAnswers?.epochStorm?.at ?? 0;
  const since = (session.stream.epochs ?? []).filter((at) => at >= answeredAt);
  const { opened, isStorm } = countEpochs(since, now);
  if (isStorm) {
    await raiseBrake(ports, id, storm);
    await session.reload();
    return;
  }
  const ep = {
    n: cause.n,
    id: ports.random.id(idBytes),
    from: cause.from,
    lost: cause.mine ? ('mine' as const) : ('yours' as const),
  };
  const ch = chainStart(id, ep.id);
  const resync = begin(session, cause.mine, now);
  const { done } = session;
  session.change(({ backfill, ...stream }): Stream => {
    const { tries: _tries, nextAt: _nextAt, ...out } = stream.out;
    return {
      ...stream,
      ep,
      out: { ...out, seq: ep.from, acked: ep.from, ch, done },
      epochs: [...opened, now],
      resync,
      ...(backfill === undefined ? {} : { backfill: { ...backfill, sent: [] } }),
    };
  });
  session.rows.stage(activityRow(ports, id, { level: 'warning', text: cause.mine ? told.mine : told.yours }));
  noteSilence(session);
  await session.commit();
}

/** The next one is looked at anew. */
function noteSilence(session: Session): void {
  const { stream, incoming } = session;
  const until = incoming.silence?.until;
  if (until === undefined || until === stream.silence) return;
  session.change((current) => ({ ...current, silence: until }));
}

const told = {
  mine: 'What this site remembers of the synchronization was put back to an earlier state. The partner tells what was forgotten; meanwhile changes wait.',
  yours:
    'The partner site was put back to an earlier state. It is told what it may have forgotten; meanwhile changes wait.',
};

const storm = {
  reason: 'epochStorm' as const,
  text: 'One of the two sites lost its memory again and again within a day. Two copies of a site may be using this synchronization at the same time.',
  question: 'Are you sure that neither site runs twice, as a copy, sandbox or clone?',
  answers: [{ id: 'goOn', label: 'Yes, go on' }],
};

/** What an unfinished one was about is not over: the earlier memory counts. */
function begin(session: Session, mine: boolean, now: number): NonNullable<Stream['resync']> {
  const { stream, connection } = session;
  // What came in since may come from after the loss.
  const heardAt = stream.heardAt ?? connection.run.startedAt ?? connection.createdAt;
  const before = stream.resync;
  const ageMs = before?.mine === true ? before.ageMs + (now - before.at) : Math.max(0, now - heardAt);
  const isMine = mine || before?.mine === true;
  return { at: now, mine: isMine, ageMs: isMine ? ageMs : 0, step: 'agree' };
}

/** With our memory lost, what waited here unapplied may be older than our issues; the partner tells it again. */
function passOver(session: Session): void {
  const { next, end } = inboxPlace(session.stream, session.incoming);
  if (next === undefined) return;
  const isForgotten = session.stream.resync?.mine === true;
  if (!isForgotten && session.stream.in.applied < end) return;
  session.change((stream) => ({ ...stream, in: { applied: next.from, ep: next.ep } }));
  passOver(session);
}
