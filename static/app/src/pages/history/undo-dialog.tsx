/** Undoes a message of the partner: what will be written, what stays and why, then how far it is and what came out. */
import Button from '@atlaskit/button/new';
import { useState } from 'react';
import type { CallAnswer, CallError } from '../../../../../src/api/calls';
import { call } from '../../api';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/failure';
import { TableHead } from '../../components/table-head';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import type { Entry } from './history-table';
import { changes, LeftTable } from './left-table';
import { UndoStanding } from './undo-standing';

type Preview = CallAnswer<'undo'>;

interface UndoDialogProps {
  id: string;
  partner: string;
  entry: Entry;
  onClose: () => void;
}

export function UndoDialog({ id, partner, entry, onClose }: UndoDialogProps) {
  const seq = entry.seq ?? 0;
  const [isAsked, setAsked] = useState(entry.undo?.undone !== undefined);
  const [asked, setAskedFor] = useState<{ busy: boolean; error?: CallError }>({ busy: false });
  const preview = useCall('undo', { id, seq, dry: true });
  const count = preview.value?.asked.length ?? 0;

  /** An answer in time goes on where the one before it ended. */
  async function carryOut(): Promise<void> {
    setAskedFor({ busy: true });
    let answer = await call('undo', { id, seq, dry: false });
    while (answer.ok && answer.value.more) answer = await call('undo', { id, seq, dry: false });
    setAskedFor(answer.ok ? { busy: false } : { busy: false, error: answer.error });
    if (answer.ok) setAsked(true);
  }
  return (
    <Dialog
      title={isAsked ? `Undoing message ${seq} of ${partner}` : `Undo message ${seq} of ${partner}?`}
      width="large"
      testId="undo"
      onClose={onClose}
      footer={
        isAsked ? (
          <Button appearance="primary" onClick={onClose} testId="undo-close">
            Close
          </Button>
        ) : (
          <>
            <Button appearance="subtle" onClick={onClose}>
              {preview.value && count === 0 ? 'Close' : 'Cancel'}
            </Button>
            {count > 0 && (
              <Button
                appearance="primary"
                onClick={() => void carryOut()}
                isLoading={asked.busy}
                testId="undo-confirm"
              >
                {`Undo ${changes(count)}`}
              </Button>
            )}
          </>
        )
      }
    >
      {isAsked ? (
        <UndoStanding id={id} seq={seq} partner={partner} />
      ) : (
        <>
          <Failure error={asked.error ?? preview.error} retry={() => void preview.reload()} />
          {preview.value === undefined && preview.error === undefined && (
            <Waiting label="Looking at what can be undone" />
          )}
          {preview.value && <PreviewOf preview={preview.value} partner={partner} />}
        </>
      )}
    </Dialog>
  );
}

function PreviewOf({ preview, partner }: { preview: Preview; partner: string }) {
  const { asked, skipped, more } = preview;
  return (
    <>
      <p>
        {asked.length === 0
          ? 'Nothing of this message can be undone.'
          : `This is written here and travels to ${partner} like any edit, so both sites agree afterwards.`}
      </p>
      {asked.length > 0 && (
        <div className="scroll">
          <table className="grid" data-testid="undo-asked">
            <TableHead columns={['Issue', 'Field', 'Now', 'Will be']} />
            <tbody>
              {asked.map(({ key, what, from, to }) => (
                <tr key={`${key} ${what} ${to ?? ''}`}>
                  <td className="nowrap">{key}</td>
                  <td>{what}</td>
                  <Said text={what === 'Comment' && from === undefined ? 'The copy stands here' : from} />
                  <Said text={what === 'Comment' && to === undefined ? 'Deleted here' : to} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <LeftTable left={skipped} title="Left as they are" />
      {more && <p className="subtle">There is more than is shown here.</p>}
    </>
  );
}

function Said({ text }: { text: string | undefined }) {
  return (
    <td>
      <div className="said short">
        {text === undefined || text === '' ? <span className="subtle">Empty</span> : text}
      </div>
    </td>
  );
}
