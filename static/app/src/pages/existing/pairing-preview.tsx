/** What a list of pairs would do, counted and with samples, and then how far it is. */
import Button from '@atlaskit/button/new';
import type { CallAnswer } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { TableHead } from '../../components/table-head';
import { useAction } from '../../hooks/use-action';

type List = NonNullable<CallAnswer<'pairing'>['list']>;
type Why = List['refused'][number]['why'];

const reasons: Record<Why, string> = {
  unknown: 'No such issue on one of the sites, or it takes no part.',
  type: 'The types of the two issues are not mapped to each other.',
  paired: 'One of them has a twin already.',
  twice: 'The key stands in the list twice, or several issues have the same value.',
  notAllowed: 'The other admin has not allowed pairing, or allowed it in another way.',
  unavailable: 'Jira did not answer. Make the preview again later.',
};

interface PairingPreviewProps {
  id: string;
  partner: string;
  list: List;
  onChanged: () => void;
}

export function PairingPreview({ id, partner, list, onChanged }: PairingPreviewProps) {
  const start = useAction('startPairing');
  const cancel = useAction('cancelPairing');
  const isAsking = list.waiting > 0;
  async function run(action: () => Promise<unknown>): Promise<void> {
    if (await action()) onChanged();
  }
  return (
    <div className="stack" data-testid="pairing-preview">
      {list.state === 'running' ? (
        <ProgressLine label="Twins made" done={list.done} total={list.good} />
      ) : isAsking ? (
        <ProgressLine label="Looked at on both sites" done={list.total - list.waiting} total={list.total} />
      ) : (
        <h3>
          {list.good.toLocaleString('en')} of {list.total.toLocaleString('en')} can become twins
        </h3>
      )}
      {list.refused.length + list.samples.length > 0 && (
        <div className="scroll">
          <table className="grid">
            <TableHead columns={['Pairs', 'What happens', `Such as (ours, ${partner})`]} />
            <tbody>
              {list.samples.length > 0 && (
                <tr>
                  <td>{list.good.toLocaleString('en')}</td>
                  <td>They become twins. Fields that differ are merged by their rules.</td>
                  <td>{few(list.samples)}</td>
                </tr>
              )}
              {list.refused.map(({ why, count, samples }) => (
                <tr key={why}>
                  <td>{count.toLocaleString('en')}</td>
                  <td>{reasons[why]}</td>
                  <td>{few(samples)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Failure error={start.error ?? cancel.error} />
      <div className="row">
        {list.state === 'asked' && (
          <Button
            appearance="primary"
            isDisabled={isAsking || list.good === 0}
            isLoading={start.busy}
            onClick={() => void run(() => start.run({ id, job: list.job }))}
            testId="pairing-start"
          >
            {isAsking ? 'Start' : `Start with ${list.good.toLocaleString('en')}`}
          </Button>
        )}
        <Button
          appearance="subtle"
          isLoading={cancel.busy}
          onClick={() => void run(() => cancel.run({ id }))}
          testId="pairing-cancel"
        >
          {list.state === 'running' ? 'Stop here' : 'Cancel'}
        </Button>
      </div>
    </div>
  );
}

function few(samples: List['samples']): string {
  const shown = samples.slice(0, 3).map(({ mine, theirs }) => (theirs === '' ? mine : `${mine}, ${theirs}`));
  return `${shown.join(' · ')}${samples.length > 3 ? ' …' : ''}`;
}
