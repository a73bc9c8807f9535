/** How far undoing a message is, and what came out of it. */
import SectionMessage from '@atlaskit/section-message';
import type { CallAnswer } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { changes, LeftTable } from './left-table';

type State = CallAnswer<'undoState'>;
const refreshMs = 2_000;

export function UndoStanding({ id, seq, partner }: { id: string; seq: number; partner: string }) {
  const { value, error, reload } = useCall('undoState', { id, seq }, refreshMs);
  if (value === undefined)
    return error ? <Failure error={error} retry={() => void reload()} /> : <Waiting label="Loading" />;
  const { waiting, here, both, left } = value;
  const all = waiting + here + both;
  const isOver = waiting === 0 && here === 0;
  return (
    <div className="stack" data-testid={isOver ? 'undo-result' : 'undo-progress'} aria-live="polite">
      {isOver ? (
        <Result state={value} />
      ) : (
        <>
          <ProgressLine label="Set back here" done={here + both} total={all} />
          <p>{wordsFor(value, partner)}</p>
        </>
      )}
      <LeftTable left={left} title="Left as they are" />
    </div>
  );
}

function Result({ state: { both, left } }: { state: State }) {
  if (both === 0)
    return (
      <SectionMessage title="Nothing was set back" appearance="warning">
        <p>Why is below, for each change.</p>
      </SectionMessage>
    );
  return (
    <SectionMessage
      appearance={left.length === 0 ? 'success' : 'information'}
      title={`${changes(both)} ${both === 1 ? 'is' : 'are'} set back on both sites`}
    >
      <p>
        {left.length === 0
          ? 'Both sites agree again.'
          : `${changes(left.length)} stayed as they are; why is below.`}
      </p>
    </SectionMessage>
  );
}

function wordsFor({ waiting, running }: State, partner: string): string {
  if (waiting === 0) return `All of it is set back here and on its way to ${partner}.`;
  if (!running) return 'The synchronization is stopped. It goes on when both sites have started it.';
  return 'It goes on by itself when you close this.';
}
