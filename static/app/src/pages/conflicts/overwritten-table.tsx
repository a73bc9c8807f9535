/** Values that gave way to others, newest first, each with the way back. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import { Failure } from '../../components/failure';
import { RelativeTime } from '../../components/relative-time';
import { ShowMore } from '../../components/show-more';
import { TableHead } from '../../components/table-head';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';
import { useOlder } from '../../hooks/use-older';

const refreshMs = 10_000;

export function OverwrittenTable({ id, partner }: { id: string; partner: string }) {
  const { value, error, reload } = useCall('overwritten', { id }, refreshMs);
  const older = useOlder('overwritten', id, value?.cursor);
  const restore = useAction('restoreOverwritten');
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  if (value === undefined) return <Failure error={error} retry={() => void reload()} />;
  const entries = [value, ...older.pages].flatMap((page) => page.entries);
  if (entries.length === 0) return null;

  async function putBack(entry: string): Promise<void> {
    if (await restore.run({ id, entry })) setAsked((now) => new Set([...now, entry]));
  }
  return (
    <section className="stack tight" aria-labelledby="overwritten-title">
      <h2 id="overwritten-title">Values that gave way</h2>
      <p className="subtle">Kept for 90 days. What you put back is written here and travels like any edit.</p>
      <Failure error={restore.error} />
      <div className="scroll">
        <table className="grid" data-testid="overwritten">
          <TableHead columns={['When', 'Issue', 'Field', 'Whose', 'Value']} actions="Way back" />
          <tbody>
            {entries.map((one) => (
              <tr key={one.entry}>
                <td className="nowrap">
                  <RelativeTime at={one.at} />
                </td>
                <td className="nowrap">{one.issueKey}</td>
                <td>{one.label}</td>
                <td>{one.who ?? (one.side === 'here' ? 'This site' : partner)}</td>
                <td className="said">{one.text === '' ? 'Empty' : one.text}</td>
                <td>
                  {asked.has(one.entry) ? (
                    <span role="status">Being put back</span>
                  ) : (
                    one.canRestore && (
                      <Button
                        spacing="compact"
                        onClick={() => void putBack(one.entry)}
                        isDisabled={restore.busy}
                        testId="restore"
                      >
                        Put back
                      </Button>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <ShowMore label="Show older" older={older} />
    </section>
  );
}
