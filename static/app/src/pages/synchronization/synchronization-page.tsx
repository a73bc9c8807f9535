/** One synchronization: where it stands, what it does, what waits. */
import Button from '@atlaskit/button/new';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { ReactNode } from 'react';
import type { Action, SynchronizationDetail } from '../../../../../src/api/views';
import { ActionMenu } from '../../components/action-menu';
import { actionNames } from '../../components/action-names';
import { useActionRunner } from '../../components/action-runner';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { StatusLozenge, SyncLozenge } from '../../components/status-lozenges';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';
import { ConflictsTab } from '../conflicts/conflicts-tab';
import { DifferencesTab } from '../differences/differences-tab';
import { ExistingTab } from '../existing/existing-tab';
import { HistoryTab } from '../history/history-tab';
import { ActivityTab } from './activity-tab';
import { DetailsTab } from './details-tab';
import { OverviewTab } from './overview-tab';
import { ProblemsTab } from './problems-tab';
import { SafetyStop } from './safety-stop';
import { ScopeTab } from './scope-tab';

const refreshMs = 3_000;

export function SynchronizationPage({ id, tab }: { id: string; tab: string }) {
  const { go } = useRoute();
  const { value: row, error, reload } = useCall('get', { id }, refreshMs);
  const runner = useActionRunner((action) => (action === 'removeRecord' ? go('/') : void reload()));
  const back = { path: '/', label: 'Synchronizations' };
  if (row === undefined) {
    return (
      <Page title="Synchronization" back={back}>
        <Failure error={error} retry={() => void reload()} />
        {error === undefined && <Waiting label="Loading the synchronization" />}
      </Page>
    );
  }
  const { status } = row;
  const onAction = (action: Action) => runner.run(action, row);
  const tabs = tabsOf(row, () => void reload());
  const selected = Math.max(
    0,
    tabs.findIndex(({ key }) => key === tab),
  );
  return (
    <Page
      title={row.name}
      subtitle={row.description || `With ${row.partner.title ?? row.partner.url}`}
      back={back}
      actions={
        <>
          {status.nextAction && (
            <Button
              appearance="primary"
              onClick={() => onAction(status.nextAction as Action)}
              isLoading={runner.busyId !== undefined}
              testId="next"
            >
              {actionNames[status.nextAction]}
            </Button>
          )}
          <ActionMenu row={row} onAction={onAction} />
        </>
      }
    >
      <div className="row" aria-live="polite" data-testid="status-line" style={{ marginBottom: 16 }}>
        <StatusLozenge status={status} id={row.id} />
        <SyncLozenge status={status} id={row.id} />
        <span>{status.qualifier}</span>
      </div>
      <SafetyStop row={row} onAnswered={() => void reload()} />
      <Tabs
        id="synchronization"
        selected={selected}
        onChange={(index) => go(`/s/${id}/${tabs[index]?.key ?? 'overview'}`)}
      >
        <TabList>
          {tabs.map(({ key, label }) => (
            <Tab key={key} testId={`tab-${key}`}>
              {label}
            </Tab>
          ))}
        </TabList>
        {tabs.map(({ key, panel }) => (
          <TabPanel key={key}>{panel}</TabPanel>
        ))}
      </Tabs>
      {runner.dialog}
    </Page>
  );
}

interface TabOf {
  key: string;
  label: string;
  panel: ReactNode;
}

/** Sites in which both directions can move: a check needs the partner's answers. */
const runs: ReadonlySet<string | null> = new Set(['Running', 'Waiting for secondary', 'Update required']);

function tabsOf(row: SynchronizationDetail, reload: () => void): TabOf[] {
  const { id, status } = row;
  const partner = row.partner.title ?? row.partner.url.replace('https://', '');
  const isRunning = runs.has(status.sync);
  const isActive = status.status === 'Active';
  const agreed: TabOf[] = [
    { key: 'conflicts', label: 'Conflicts', panel: <ConflictsTab id={id} partner={partner} /> },
    {
      key: 'differences',
      label: 'Differences',
      panel: <DifferencesTab id={id} partner={partner} pairs={row.counts.pairs} running={isRunning} />,
    },
    { key: 'existing', label: 'Existing issues', panel: <ExistingTab id={id} partner={partner} /> },
  ];
  return [
    { key: 'overview', label: 'Overview', panel: <OverviewTab row={row} /> },
    { key: 'activity', label: 'Activity', panel: <ActivityTab id={id} /> },
    {
      key: 'history',
      label: 'History',
      panel: <HistoryTab id={id} name={row.name} partner={partner} joined={isActive} running={isRunning} />,
    },
    {
      key: 'problems',
      label: row.problems > 0 ? `Problems (${row.problems})` : 'Problems',
      panel: <ProblemsTab id={id} />,
    },
    // Before anything is agreed there are no twins that could differ.
    ...(isActive ? agreed : []),
    { key: 'scope', label: 'Scope', panel: <ScopeTab row={row} onSaved={reload} /> },
    { key: 'details', label: 'Details', panel: <DetailsTab row={row} onSaved={reload} /> },
  ];
}
