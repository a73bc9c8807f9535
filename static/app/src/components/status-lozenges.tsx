/** Both status columns of a synchronization. */
import Lozenge, { type ThemeAppearance } from '@atlaskit/lozenge';
import type { StatusView, Tone } from '../../../../src/api/views';

const appearances: Record<Tone, ThemeAppearance> = {
  neutral: 'default',
  info: 'inprogress',
  moving: 'inprogress',
  success: 'success',
  warning: 'moved',
  danger: 'removed',
};

export function StatusLozenge({ status, id }: { status: StatusView; id: string }) {
  return (
    <span data-testid={`status-${id}`}>
      <Lozenge appearance={appearances[status.statusTone]}>{status.status}</Lozenge>
    </span>
  );
}

export function SyncLozenge({ status, id }: { status: StatusView; id: string }) {
  return (
    <span data-testid={`sync-${id}`}>
      {status.sync === null ? (
        <span role="img" aria-label="No synchronization yet">
          –
        </span>
      ) : (
        <Lozenge appearance={appearances[status.syncTone]}>{status.sync}</Lozenge>
      )}
    </span>
  );
}
