/** What happened lately, newest first. */
import Lozenge from '@atlaskit/lozenge';
import { Failure } from '../../components/failure';
import { RelativeTime } from '../../components/relative-time';
import { ShowMore } from '../../components/show-more';
import { TableHead } from '../../components/table-head';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useOlder } from '../../hooks/use-older';

const refreshMs = 5_000;
const levels = { info: 'default', warning: 'moved', error: 'removed' } as const;

export function ActivityTab({ id }: { id: string }) {
  const newest = useCall('activity', { id }, refreshMs);
  const older = useOlder('activity', id, newest.value?.cursor);
  const pages = newest.value === undefined ? [] : [newest.value, ...older.pages];
  const entries = pages.flatMap((page) => page.entries);
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }} data-testid="activity">
      <Failure error={newest.error} retry={() => void newest.reload()} />
      {newest.value === undefined && newest.error === undefined && <Waiting label="Loading activity" />}
      {newest.value && entries.length === 0 && <p className="subtle">Nothing has happened yet.</p>}
      {entries.length > 0 && (
        <table className="grid">
          <TableHead columns={['When', 'What', 'Issue']} />
          <tbody>
            {entries.map((entry) => (
              <tr key={`${entry.at} ${entry.issueKey ?? ''} ${entry.text}`}>
                <td className="nowrap">
                  <RelativeTime at={entry.at} />
                </td>
                <td>
                  {entry.level !== 'info' && (
                    <Lozenge appearance={levels[entry.level]}>
                      {entry.level === 'error' ? 'Error' : 'Warning'}
                    </Lozenge>
                  )}{' '}
                  {entry.text}
                </td>
                <td className="nowrap">{entry.issueKey}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore label="Show older" older={older} />
    </div>
  );
}
