/** Replay: which time, how many issues that is, and the word to begin. */
import Button from '@atlaskit/button/new';
import { useId, useState } from 'react';
import { Dialog } from '../../components/dialog';
import { Failure } from '../../components/failure';
import { useAction } from '../../hooks/use-action';
import { MomentField } from './moment-field';

const hourMs = 3_600_000;
const spans = [
  { key: 'hour', label: 'The last hour', ms: hourMs },
  { key: 'day', label: 'The last 24 hours', ms: 24 * hourMs },
  { key: 'week', label: 'The last 7 days', ms: 7 * 24 * hourMs },
] as const;
type Span = (typeof spans)[number]['key'] | 'own';

interface ReplayDialogProps {
  id: string;
  partner: string;
  onStarted: () => void;
  onClose: () => void;
}

export function ReplayDialog({ id, partner, onStarted, onClose }: ReplayDialogProps) {
  const group = useId();
  const preview = useAction('previewReplay');
  const start = useAction('startReplay');
  const [span, setSpan] = useState<Span>('day');
  const [own, setOwn] = useState<{ from?: number; to?: number }>({});
  const [found, setFound] = useState<{ time: Time; changed: number; told: number }>();
  const time = timeOf(span, own);

  function choose(next: Span): void {
    setSpan(next);
    setFound(undefined);
  }
  function write(next: { from?: number; to?: number }): void {
    setOwn(next);
    setFound(undefined);
  }
  async function look(): Promise<void> {
    if (time === undefined) return;
    const answer = await preview.run({ id, ...time });
    if (answer) setFound({ time, ...answer });
  }
  async function begin(): Promise<void> {
    if (found && (await start.run({ id, ...found.time }))) onStarted();
  }
  return (
    <Dialog
      title="Replay a time"
      testId="replay"
      onClose={onClose}
      footer={
        <>
          <Button appearance="subtle" onClick={onClose}>
            Cancel
          </Button>
          {found === undefined ? (
            <Button
              appearance="primary"
              onClick={() => void look()}
              isDisabled={time === undefined}
              isLoading={preview.busy}
              testId="replay-preview"
            >
              Preview
            </Button>
          ) : (
            <Button
              appearance="primary"
              onClick={() => void begin()}
              isLoading={start.busy}
              testId="replay-start"
            >
              Start replay
            </Button>
          )}
        </>
      }
    >
      <p>
        Every issue that changed in this time is read again on both sites, with its comments and files, for
        instance after a mapping or a permission was mended. Nothing is written where nothing differs.
      </p>
      <fieldset>
        <legend>Which time</legend>
        {spans.map(({ key, label }) => (
          <label key={key} className="choice">
            <input
              type="radio"
              name={group}
              checked={span === key}
              onChange={() => choose(key)}
              data-testid={`replay-${key}`}
            />
            <span>{label}</span>
          </label>
        ))}
        <label className="choice">
          <input
            type="radio"
            name={group}
            checked={span === 'own'}
            onChange={() => choose('own')}
            data-testid="replay-own"
          />
          <span>Another time</span>
        </label>
      </fieldset>
      {span === 'own' && (
        <div className="cards">
          <MomentField
            label="From"
            value={own.from}
            onChange={(from) => write({ ...own, ...(from === undefined ? {} : { from }) })}
            error={(preview.error ?? start.error)?.fields?.['from']}
            testId="replay-from"
          />
          <MomentField
            label="To"
            value={own.to}
            onChange={(to) =>
              write(to === undefined ? { ...(own.from ? { from: own.from } : {}) } : { ...own, to })
            }
            helper="Leave it empty for until now."
            testId="replay-to"
          />
        </div>
      )}
      <Failure error={preview.error ?? start.error} />
      {found && (
        <p role="status" data-testid="replay-count">
          {wordsFor(found, partner)}
        </p>
      )}
    </Dialog>
  );
}

interface Time {
  from: number;
  to?: number;
}

function timeOf(span: Span, own: { from?: number; to?: number }): Time | undefined {
  const chosen = spans.find(({ key }) => key === span);
  if (chosen) return { from: Date.now() - chosen.ms };
  return own.from === undefined ? undefined : { from: own.from, ...(own.to ? { to: own.to } : {}) };
}

function wordsFor({ changed, told }: { changed: number; told: number }, partner: string): string {
  if (changed === 0 && told === 0)
    return 'No issue changed here in this time as far as Jira says, and no message told of one.';
  const count = (issues: number) => `${issues.toLocaleString('en')} ${issues === 1 ? 'issue' : 'issues'}`;
  return `About ${count(changed)} changed here since then, as Jira counts, and messages of that time told of ${count(told)}. Most are in both. They are read here and by ${partner}; live changes go first.`;
}
