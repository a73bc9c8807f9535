/** The table of synchronizations. */
import Button from '@atlaskit/button/new';
import type { Action, SynchronizationView } from '../../../../../src/api/views';
import { ActionMenu } from '../../components/action-menu';
import { actionNames } from '../../components/action-names';
import { RelativeTime } from '../../components/relative-time';
import { StatusLozenge, SyncLozenge } from '../../components/status-lozenges';
import { TableHead } from '../../components/table-head';
import { useRoute } from '../../hooks/use-route';

interface ListTableProps {
  rows: SynchronizationView[];
  /** The one for which a call runs. */
  busyId: string | undefined;
  onAction: (action: Action, row: SynchronizationView) => void;
}

const directions: Record<SynchronizationView['direction'], string> = {
  none: '–',
  both: '⇄ Both ways',
  in: '← To this site',
  out: '→ To the partner',
};

export function ListTable({ rows, busyId, onAction }: ListTableProps) {
  if (rows.length === 0) return <p className="subtle">No synchronization matches your search.</p>;
  return (
    <div className="scroll">
      <table className="grid">
        <TableHead
          columns={['Name', 'Partner', 'Direction', 'Status', 'Synchronization', 'In sync as of']}
          actions="Actions"
        />
        <tbody>
          {rows.map((row) => (
            <ListRow key={row.id} row={row} isBusy={row.id === busyId} onAction={onAction} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ListRowProps {
  row: SynchronizationView;
  isBusy: boolean;
  onAction: ListTableProps['onAction'];
}

function ListRow({ row, isBusy, onAction }: ListRowProps) {
  const { go } = useRoute();
  const { nextAction } = row.status;
  return (
    <tr data-testid={`row-${row.id}`}>
      <td>
        <button type="button" className="linklike" onClick={() => go(`/s/${row.id}`)}>
          {row.name}
        </button>
        <div className="small subtle">{row.role === 'primary' ? 'Primary' : 'Secondary'}</div>
      </td>
      <td>
        {row.partner.title ?? row.partner.url.replace('https://', '')}
        <div className="small subtle">{row.partner.title ? row.partner.url.replace('https://', '') : ''}</div>
      </td>
      <td className="nowrap">{directions[row.direction]}</td>
      <td>
        <StatusLozenge status={row.status} id={row.id} />
      </td>
      <td>
        <SyncLozenge status={row.status} id={row.id} />
        <div className="small subtle">{row.status.qualifier}</div>
      </td>
      <td className="nowrap">
        {row.inSyncAsOf === undefined ? '–' : <RelativeTime at={row.inSyncAsOf} />}
        <div className="small subtle">{waitingText(row)}</div>
      </td>
      <td>
        <div className="row" style={{ justifyContent: 'flex-end', flexWrap: 'nowrap' }}>
          {nextAction && (
            <Button
              appearance="primary"
              spacing="compact"
              onClick={() => onAction(nextAction, row)}
              isLoading={isBusy}
              testId={`next-${row.id}`}
            >
              {actionNames[nextAction]}
            </Button>
          )}
          <ActionMenu row={row} onAction={(action) => onAction(action, row)} />
        </div>
      </td>
    </tr>
  );
}

function waitingText({ waiting, problems }: SynchronizationView): string {
  const parts: string[] = [];
  if (waiting > 0) parts.push(`${waiting} waiting`);
  if (problems > 0) parts.push(`${problems} ${problems === 1 ? 'problem' : 'problems'}`);
  return parts.join(', ');
}
