/** The audit log as a file, for this site or for the partner. */
import SectionMessage from '@atlaskit/section-message';
import { useEffect, useId, useRef, useState } from 'react';
import type { CallError } from '../../../../../src/api/calls';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { LogButtons } from './log-buttons';
import { fileName, type LogForm, type Progress, readLog, saveFile } from './read-log';

const forms: { form: LogForm; label: string; help: string }[] = [
  { form: 'full', label: 'For us', help: 'With accounts and issue keys of this site.' },
  {
    form: 'shared',
    label: 'For the partner',
    help: 'Without them; their hashes stay, so it can be checked and compared.',
  },
];

interface ExportDialogProps {
  id: string;
  name: string;
  onClose: () => void;
}

export function ExportDialog({ id, name, onClose }: ExportDialogProps) {
  const group = useId();
  const isOpen = useRef(true);
  const [form, setForm] = useState<LogForm>('full');
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<CallError>();
  const [saved, setSaved] = useState<{ file: string; entries: number }>();
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  async function save(): Promise<void> {
    setError(undefined);
    setSaved(undefined);
    setProgress({ done: 0 });
    const log = await readLog(id, form, setProgress, () => isOpen.current);
    if (!isOpen.current) return;
    setProgress(undefined);
    if (!log.ok) return setError(log.error);
    const file = fileName(name, form);
    saveFile(file, log.text);
    setSaved({ file, entries: log.entries });
  }
  return (
    <Dialog
      title="Export the audit log"
      testId="export"
      onClose={onClose}
      footer={
        <LogButtons
          isDone={saved !== undefined}
          isBusy={progress !== undefined}
          label="Save as file"
          testId="export-save"
          onRun={() => void save()}
          onClose={onClose}
        />
      }
    >
      <p>
        A file of JSON Lines: every message with a hash of each value, what admins asked for, and every change
        of settings. Each entry is chained to the one before it, so nobody can change it unnoticed. It holds
        no values.
      </p>
      <fieldset>
        <legend>For whom</legend>
        {forms.map((one) => (
          <label key={one.form} className="choice">
            <input
              type="radio"
              name={group}
              checked={form === one.form}
              onChange={() => setForm(one.form)}
              data-testid={`export-${one.form}`}
            />
            <span>
              {one.label} <span className="subtle small">{one.help}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Failure error={error} retry={() => void save()} />
      {progress && <ProgressLine label="Entries read" {...progress} />}
      {saved && (
        <div role="status" data-testid="export-saved">
          <SectionMessage appearance="success" title={`${saved.entries.toLocaleString('en')} entries saved`}>
            <p className="anywhere">
              {saved.file}. Check it with <code>npm run audit:verify</code>, or compare it here with the file
              of the partner.
            </p>
          </SectionMessage>
        </div>
      )}
    </Dialog>
  );
}
