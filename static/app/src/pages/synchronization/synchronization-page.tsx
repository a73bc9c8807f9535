/** One synchronization: where it stands, what it does, what waits. */
import Button from '@atlaskit/button/new';
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { Action } from '../../../../../src/api/views';
import { ActionMenu } from '../../components/action-menu';
import { actionNames } from '../../components/action-names';
import { useActionRunner } from '../../components/action-runner';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { StatusLozenge, SyncLozenge } from '../../components/status-lozenges';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';
import { ActivityTab } from './activity-tab';
import { DetailsTab } from './details-tab';
import { OverviewTab } from './overview-tab';
import { ProblemsTab } from './problems-tab';
import { ScopeTab } from './scope-tab';

const refreshMs = 3_000;
const tabs = ['overview', 'activity', 'problems', 'scope', 'details'] as const;

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
  const selected = Math.max(0, tabs.indexOf(tab as (typeof tabs)[number]));
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
      <Tabs
        id="synchronization"
        selected={selected}
        onChange={(index) => go(`/s/${id}/${tabs[index] ?? 'overview'}`)}
      >
        <TabList>
          <Tab>Overview</Tab>
          <Tab>Activity</Tab>
          <Tab>{row.problems > 0 ? `Problems (${row.problems})` : 'Problems'}</Tab>
          <Tab>Scope</Tab>
          <Tab>Details</Tab>
        </TabList>
        <TabPanel>
          <OverviewTab row={row} />
        </TabPanel>
        <TabPanel>
          <ActivityTab id={id} />
        </TabPanel>
        <TabPanel>
          <ProblemsTab id={id} />
        </TabPanel>
        <TabPanel>
          <ScopeTab row={row} onSaved={() => void reload()} />
        </TabPanel>
        <TabPanel>
          <DetailsTab row={row} onSaved={() => void reload()} />
        </TabPanel>
      </Tabs>
      {runner.dialog}
    </Page>
  );
}
