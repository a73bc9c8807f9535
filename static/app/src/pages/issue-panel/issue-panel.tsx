/** On an issue: its twin over there, how it stands, Sync now. */
import Button from '@atlaskit/button/new';
import CheckCircleIcon from '@atlaskit/icon/core/check-circle';
import ClockIcon from '@atlaskit/icon/core/clock';
import PauseIcon from '@atlaskit/icon/core/video-pause';
import WarningIcon from '@atlaskit/icon/core/warning';
import { router } from '@forge/bridge';
import { useState } from 'react';
import type { CallAnswer } from '../../../../../src/api/calls';
import { Failure } from '../../components/failure';
import { RelativeTime } from '../../components/relative-time';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';

type Entry = CallAnswer<'issuePanel'>['entries'][number];
const refreshMs = 4_000;

export function IssuePanel() {
  const { value, error, reload } = useCall('issuePanel', {}, refreshMs);
  const sync = useAction('syncNow');
  const [asked, setAsked] = useState(false);

  async function syncNow(): Promise<void> {
    const answer = await sync.run({});
    setAsked(answer !== undefined);
    await reload();
  }

  if (value === undefined) {
    return error ? <Failure error={error} retry={() => void reload()} /> : <Waiting label="Loading" />;
  }
  if (value.entries.length === 0) {
    return (
      <p className="panel subtle">
        This issue has no twin on another site. Issues get one when a synchronization covers their project and
        type.
      </p>
    );
  }
  return (
    <div className="panel stack tight">
      <Failure error={sync.error} />
      {value.entries.map((entry) => (
        <PanelEntry key={entry.synchronization} entry={entry} />
      ))}
      <div className="row">
        <Button
          spacing="compact"
          onClick={() => void syncNow()}
          isLoading={sync.busy}
          testId="panel-sync-now"
        >
          Sync now
        </Button>
        <span className="small subtle" aria-live="polite">
          {asked ? 'On its way.' : ''}
        </span>
      </div>
    </div>
  );
}

function PanelEntry({ entry }: { entry: Entry }) {
  const { partnerUrl, partnerKey } = entry;
  return (
    <section data-testid="panel-entry" aria-label={entry.synchronization} className="card">
      <div className="row">
        <StateIcon state={entry.state} />
        {partnerKey && partnerUrl ? (
          <button
            type="button"
            className="linklike"
            data-testid="panel-partner-key"
            onClick={() => void router.open(partnerUrl)}
          >
            {partnerKey}
          </button>
        ) : (
          <span data-testid="panel-partner-key">{partnerKey ?? 'Not there yet'}</span>
        )}
        <span className="subtle">on {entry.partnerSite}</span>
      </div>
      <div>{entry.text}</div>
      <div className="small subtle">
        {entry.lastSent !== undefined && (
          <>
            Last sent <RelativeTime at={entry.lastSent} />{' '}
          </>
        )}
        {entry.lastReceived !== undefined && (
          <>
            Last received <RelativeTime at={entry.lastReceived} />
          </>
        )}
      </div>
    </section>
  );
}

function StateIcon({ state }: { state: Entry['state'] }) {
  switch (state) {
    case 'upToDate':
      return <CheckCircleIcon label="Up to date" color="var(--ds-icon-success)" />;
    case 'problem':
      return <WarningIcon label="Something waits" color="var(--ds-icon-warning)" />;
    case 'pending':
      return <ClockIcon label="On its way" color="var(--ds-icon-subtle)" />;
    case 'stopped':
      return <PauseIcon label="Stopped" color="var(--ds-icon-subtle)" />;
  }
}
