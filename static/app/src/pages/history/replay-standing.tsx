/** How far a replay is; the last one stays on screen for a day. */
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import type { CallAnswer } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { RelativeTime } from '../../components/relative-time';
import { useAction } from '../../hooks/use-action';
import type { Reading } from '../../hooks/use-call';

type Replay = CallAnswer<'replay'>;
const shownMs = 86_400_000;

export function ReplayStanding({ id, replay }: { id: string; replay: Reading<Replay> }) {
  const cancel = useAction('cancelReplay');
  const { value } = replay;
  async function stop(): Promise<void> {
    if (await cancel.run({ id })) await replay.reload();
  }
  if (value?.state === 'running')
    return (
      <section className="card stack tight" aria-label="Replay" data-testid="replay-running">
        <ProgressLine label="Replay, issues noted" done={value.noted ?? 0} total={value.expected} />
        <p className="subtle">
          Of <Time replay={value} />. They are read after whatever is live.
        </p>
        <Failure error={cancel.error} />
        <div>
          <Button onClick={() => void stop()} isLoading={cancel.busy} testId="replay-cancel">
            Stop replay
          </Button>
        </div>
      </section>
    );
  const { endedAt } = value ?? {};
  if (value?.state !== 'done' || endedAt === undefined || Date.now() - endedAt > shownMs) return null;
  return (
    <div data-testid="replay-done">
      <SectionMessage
        appearance="success"
        title={`Replay: ${(value.noted ?? 0).toLocaleString('en')} issues looked at once more`}
      >
        <p>
          Of <Time replay={value} />, ended <RelativeTime at={endedAt} />. What differed is on its way and
          appears below.
        </p>
      </SectionMessage>
    </div>
  );
}

function Time({ replay: { from = 0, to = 0 } }: { replay: Replay }) {
  const text = (at: number) => new Date(at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      {text(from)} to {text(to)}
    </>
  );
}
