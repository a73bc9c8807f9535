/** Bringing existing issues over: how far, how long still, pause and go on. */
import Button from '@atlaskit/button/new';
import type { CallAnswer } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { relativeTime } from '../../components/relative-time';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';

type Backfill = CallAnswer<'backfill'>;
const refreshMs = 3_000;

export function BackfillCard({ id }: { id: string }) {
  const { value, error, reload } = useCall('backfill', { id }, refreshMs);
  const pause = useAction('pauseBackfill');
  const resume = useAction('resumeBackfill');
  async function steer(action: typeof pause | typeof resume): Promise<void> {
    if (await action.run({ id })) await reload();
  }
  return (
    <section className="card stack tight" data-testid="backfill">
      <h2>Existing issues of this site</h2>
      {value === undefined ? (
        error ? (
          <Failure error={error} retry={() => void reload()} />
        ) : (
          <Waiting label="Loading" />
        )
      ) : (
        <>
          {hasBegun(value) && <ProgressLine label="At the partner" done={value.done} total={value.total} />}
          <p aria-live="polite">{wordsFor(value)}</p>
          <Failure error={pause.error ?? resume.error} />
          <div className="row">
            {(value.state === 'running' || value.state === 'jiraPause') && (
              <Button onClick={() => void steer(pause)} isLoading={pause.busy} testId="backfill-pause">
                Pause
              </Button>
            )}
            {value.state === 'paused' && (
              <Button
                appearance="primary"
                onClick={() => void steer(resume)}
                isLoading={resume.busy}
                testId="backfill-resume"
              >
                Resume
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function hasBegun({ state, done, total }: Backfill): boolean {
  return state === 'running' || state === 'finished' || done > 0 || total !== undefined;
}

function wordsFor({ state, estimate, until }: Backfill): string {
  switch (state) {
    case 'none':
      return 'None were chosen. Configure lets you choose some.';
    case 'paused':
      return 'Paused by an admin. Changes that people make keep flowing.';
    case 'stopped':
      return 'It begins, or goes on, when the synchronization runs.';
    case 'pairing':
      return 'It begins when pairing is over, so that no issue gets a second copy.';
    case 'jiraPause':
      return until === undefined
        ? 'Jira wants a pause.'
        : `Jira wants a pause. It goes on ${relativeTime(until)}.`;
    case 'finished':
      return 'All of them are over there.';
    case 'running':
      return estimate === undefined
        ? 'It is too early to say how long it takes.'
        : `About ${estimate.perHour.toLocaleString('en')} an hour; ${span(estimate.left)} left.`;
  }
}

function span({ from, to }: { from: number; to: number }): string {
  const [short, long] = [duration(from), duration(to)];
  return short === long ? short : `${short} to ${long}`;
}

function duration(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return minutes === 1 ? 'one minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return hours === 1 ? 'one hour' : `${hours} hours`;
  return `${Math.round(hours / 24)} days`;
}
