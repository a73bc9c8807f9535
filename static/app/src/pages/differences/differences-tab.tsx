/** Analyze and fix: where the two sites differ from what was agreed, and putting that right. */
import Button from '@atlaskit/button/new';
import EmptyState from '@atlaskit/empty-state';
import SectionMessage from '@atlaskit/section-message';
import { useState } from 'react';
import type { CallAnswer } from '../../../../../src/api/calls';
import { ConfirmDialog } from '../../components/confirm-dialog';
import { Failure } from '../../components/failure';
import { ProgressLine } from '../../components/progress-line';
import { RelativeTime } from '../../components/relative-time';
import { Waiting } from '../../components/waiting';
import { useAction } from '../../hooks/use-action';
import { useCall } from '../../hooks/use-call';
import { DifferenceTable } from './difference-table';

type Drift = CallAnswer<'drift'>;

const refreshMs = 3_000;

interface DifferencesTabProps {
  id: string;
  partner: string;
  /** Issues with a twin: what a check has to read. */
  pairs: number;
  /** Checks need both sites. */
  running: boolean;
}

export function DifferencesTab({ id, partner, pairs, running }: DifferencesTabProps) {
  const [page, setPage] = useState(0);
  const { value, error, reload } = useCall('drift', { id, page }, refreshMs);
  const start = useAction('startDrift');
  if (value === undefined)
    return error ? (
      <Failure error={error} retry={() => void reload()} />
    ) : (
      <Waiting label="Loading differences" />
    );

  async function check(full: boolean): Promise<void> {
    if ((await start.run({ id, full })) === undefined) return;
    setPage(0);
    await reload();
  }
  const isBusy = value.state === 'checking' || value.state === 'healing';
  const buttons = (
    <div className="row">
      <Button
        onClick={() => void check(false)}
        isDisabled={!running || isBusy}
        isLoading={start.busy}
        testId="check-light"
      >
        Quick check
      </Button>
      <Button
        onClick={() => void check(true)}
        isDisabled={!running || isBusy}
        isLoading={start.busy}
        testId="check-full"
      >
        Full check
      </Button>
      <span className="small subtle">
        {running
          ? 'Quick compares what was agreed last. Full reads every issue on both sites.'
          : 'Start the synchronization to check it.'}
      </span>
    </div>
  );
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }} data-testid="differences">
      <Failure error={start.error} />
      {value.state === 'none' ? (
        <EmptyState
          header="Not checked yet"
          headingLevel={2}
          description={`A check compares this site with ${partner}, issue by issue, and shows each field that differs.`}
          primaryAction={<div className="centred">{buttons}</div>}
        />
      ) : (
        <>
          {buttons}
          <Standing drift={value} pairs={pairs} />
          <Found drift={value} id={id} partner={partner} onHeal={() => void reload()} canHeal={running} />
          <Pages drift={value} page={page} onPage={setPage} />
        </>
      )}
    </div>
  );
}

/** How far it is, or what came out. */
function Standing({ drift, pairs }: { drift: Drift; pairs: number }) {
  if (drift.state === 'checking')
    return <ProgressLine label="Issues read here" done={drift.read ?? 0} total={pairs} />;
  if (drift.state === 'healing') return <Waiting label="Differences are being put right" />;
  const leftOut = leftOutWords(drift.moving ?? 0);
  return drift.verdict === 'same' ? (
    <Same drift={drift} leftOut={leftOut} />
  ) : (
    <SectionMessage
      appearance="warning"
      title={`${(drift.found ?? 0).toLocaleString('en')} ${drift.found === 1 ? 'issue differs' : 'issues differ'}`}
    >
      <p>
        {drift.healed
          ? `They were put right in ${drift.healed.pairs.toLocaleString('en')} issues. Check again to see that it holds.`
          : 'Fix merges each of them by the rules of its fields; values that give way can be put back.'}{' '}
        {leftOut}
      </p>
    </SectionMessage>
  );
}

/** Issues that could not be compared prove nothing. */
function Same({ drift, leftOut }: { drift: Drift; leftOut: string }) {
  if (leftOut !== '')
    return (
      <SectionMessage title="No difference found">
        <p>{leftOut}</p>
      </SectionMessage>
    );
  return (
    <SectionMessage
      appearance="success"
      title={drift.full ? 'Both sites are the same' : 'No known difference'}
    >
      <p>
        {drift.full ? 'Every issue was read on both sites. Proved as of ' : 'As of '}
        {drift.startedAt !== undefined && <RelativeTime at={drift.startedAt} />}.
      </p>
    </SectionMessage>
  );
}

function leftOutWords(moving: number): string {
  if (moving === 0) return '';
  const issues = moving === 1 ? 'issue was' : 'issues were';
  return `${moving.toLocaleString('en')} ${issues} left out because changes were on their way: check again in a moment.`;
}

interface FoundProps {
  drift: Drift;
  id: string;
  partner: string;
  canHeal: boolean;
  onHeal: () => void;
}

function Found({ drift, id, partner, canHeal, onHeal }: FoundProps) {
  const heal = useAction('healDrift');
  const [asking, setAsking] = useState(false);
  const { check, differences = [], found = 0 } = drift;
  if (drift.state !== 'done' || check === undefined || found === 0) return null;

  async function carryOut(): Promise<void> {
    if ((await heal.run({ id, check: check ?? '' })) === undefined) return;
    setAsking(false);
    onHeal();
  }
  return (
    <>
      {drift.healed === undefined && (
        <div>
          <Button
            appearance="primary"
            onClick={() => setAsking(true)}
            isDisabled={!canHeal}
            testId="fix"
          >{`Fix ${found.toLocaleString('en')} ${found === 1 ? 'issue' : 'issues'}`}</Button>
        </div>
      )}
      <DifferenceTable differences={differences} partner={partner} />
      {asking && (
        <ConfirmDialog
          title="Fix these differences?"
          appearance="primary"
          confirmLabel="Fix"
          busy={heal.busy}
          error={heal.error}
          testId="fix"
          onConfirm={() => void carryOut()}
          onClose={() => setAsking(false)}
        >
          <p>
            Each field is merged by its rule, on both sites. Issues that are missing on one site are not made
            again, and nothing is deleted.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function Pages({ drift, page, onPage }: { drift: Drift; page: number; onPage: (page: number) => void }) {
  const { nextPage } = drift;
  if (drift.state !== 'done' || (page === 0 && nextPage === undefined)) return null;
  return (
    <div className="row">
      <Button isDisabled={page === 0} onClick={() => onPage(page - 1)}>
        Earlier
      </Button>
      <Button isDisabled={nextPage === undefined} onClick={() => onPage(nextPage ?? page)}>
        Further
      </Button>
    </div>
  );
}
