/** Compares the logs of both sites, in the browser: nobody's server has to be believed. */
import SectionMessage from '@atlaskit/section-message';
import { useId, useState } from 'react';
import type { CallError } from '../../../../../src/api/calls';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { type Comparison, compareLogs } from './compare-logs';
import { LogButtons } from './log-buttons';
import { type Progress, readLog } from './read-log';

interface CompareDialogProps {
  id: string;
  partner: string;
  onClose: () => void;
}

export function CompareDialog({ id, partner, onClose }: CompareDialogProps) {
  const input = useId();
  const [file, setFile] = useState<File>();
  const [progress, setProgress] = useState<Progress>();
  const [error, setError] = useState<CallError>();
  const [result, setResult] = useState<Comparison>();

  async function compare(): Promise<void> {
    if (file === undefined) return;
    setError(undefined);
    setResult(undefined);
    setProgress({ done: 0 });
    const [mine, theirs] = await Promise.all([readLog(id, 'full', setProgress), file.text()]);
    setProgress(undefined);
    if (!mine.ok) return setError(mine.error);
    setResult(compareLogs(mine.text, theirs, partner));
  }
  return (
    <Dialog
      title="Compare the logs of both sites"
      testId="compare"
      onClose={onClose}
      footer={
        <LogButtons
          isDone={result !== undefined}
          isBusy={progress !== undefined}
          isDisabled={file === undefined}
          label="Compare"
          testId="compare-run"
          onRun={() => void compare()}
          onClose={onClose}
        />
      }
    >
      <p>
        Ask an admin of {partner} for an export of their log, made with <em>For the partner</em>. Every
        message that one site sent must be what the other dealt with.
      </p>
      <div>
        <label className="label" htmlFor={input}>
          Log of {partner}
        </label>
        <input
          id={input}
          type="file"
          accept=".jsonl,.ndjson,application/x-ndjson"
          data-testid="compare-file"
          onChange={(event) => {
            setFile(event.currentTarget.files?.[0]);
            setResult(undefined);
          }}
        />
      </div>
      <Failure error={error} retry={() => void compare()} />
      {progress && <ProgressLine label="Entries of our log read" {...progress} />}
      {result && (
        <div role="status" data-testid="compare-result">
          <SectionMessage appearance={result.tone} title={result.title}>
            <p>{result.text}</p>
          </SectionMessage>
        </div>
      )}
    </Dialog>
  );
}
