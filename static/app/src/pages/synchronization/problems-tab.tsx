/** What waits for somebody: each with its reason and the next step. The rest of the issue keeps flowing. */
import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import { Failure } from '../../components/failure';
import { RelativeTime } from '../../components/relative-time';
import { TableHead } from '../../components/table-head';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';
import { EndQuestions } from './end-questions';

const refreshMs = 5_000;

export function ProblemsTab({ id }: { id: string }) {
  const { value, error, reload } = useCall('problems', { id }, refreshMs);
  const retry = useAction('retryProblems');
  async function tryAgain(): Promise<void> {
    if (await retry.run({ id })) await reload();
  }
  if (value === undefined)
    return error ? (
      <Failure error={error} retry={() => void reload()} />
    ) : (
      <Waiting label="Loading problems" />
    );
  if (value.problems.length === 0) {
    return (
      <EmptyState
        header="Nothing waits"
        headingLevel={2}
        description="Every field, comment and issue that was sent could be applied."
      />
    );
  }
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }} data-testid="problems">
      <Failure error={retry.error} />
      <EndQuestions id={id} />
      <div className="row">
        <p className="grow subtle">These values wait. Everything else keeps flowing.</p>
        <Button onClick={() => void tryAgain()} isLoading={retry.busy} testId="problems-retry">
          Try again
        </Button>
      </div>
      <div className="scroll">
        <table className="grid">
          <TableHead columns={['Issue', 'What', 'Where', 'Why', 'What to do', 'Since']} />
          <tbody>
            {value.problems.map((problem) => (
              <tr key={problem.id}>
                <td className="nowrap">{problem.issueKey ?? '–'}</td>
                <td>{problem.what}</td>
                <td>{problem.side === 'here' ? 'Here' : 'At the partner'}</td>
                <td>{problem.reason}</td>
                <td>{problem.next}</td>
                <td className="nowrap">
                  <RelativeTime at={problem.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
