/** All synchronizations of the site. */
import Button from '@atlaskit/button/new';
import AddIcon from '@atlaskit/icon/core/add';
import Textfield from '@atlaskit/textfield';
import { useState } from 'react';
import type { CallError } from '../../../../../src/api/calls';
import type { SynchronizationView } from '../../../../../src/api/views';
import { useActionRunner } from '../../components/action-runner';
import { Failure } from '../../components/failure';
import { Page } from '../../components/page';
import { Waiting } from '../../components/waiting';
import { useCall } from '../../hooks/use-call';
import { useRoute } from '../../hooks/use-route';
import { EmptyList } from './empty-list';
import { ListTable } from './list-table';
import { StatusNews } from './status-news';

const refreshMs = 3_000;

export function ListPage() {
  const { go } = useRoute();
  const { value, error, reload } = useCall('list', {}, refreshMs);
  const [search, setSearch] = useState('');
  const runner = useActionRunner(() => void reload());
  const rows = value?.synchronizations ?? [];

  const actions = rows.length > 0 && (
    <>
      <Button onClick={() => go('/invitation')} testId="list-have-invitation">
        I have an invitation
      </Button>
      <Button appearance="primary" iconBefore={AddIcon} onClick={() => go('/new')} testId="list-new">
        New synchronization
      </Button>
    </>
  );
  return (
    <Page
      title="Synchronizations"
      subtitle={value && `Between ${value.site.title} and its partners`}
      actions={actions}
    >
      <div className="stack">
        <Failure error={value ? stale(error) : error} retry={() => void reload()} />
        <StatusNews rows={rows} />
        {value === undefined && error === undefined && <Waiting label="Loading synchronizations" />}
        {value && rows.length === 0 && (
          <EmptyList onNew={() => go('/new')} onInvitation={() => go('/invitation')} />
        )}
        {rows.length > 0 && (
          <>
            <div style={{ maxWidth: 320 }}>
              <Textfield
                aria-label="Search synchronizations"
                placeholder="Search by name or partner"
                value={search}
                onChange={(event) => setSearch(event.currentTarget.value)}
                testId="list-search"
              />
            </div>
            <ListTable
              rows={rows.filter((row) => matches(row, search))}
              busyId={runner.busyId}
              onAction={runner.run}
            />
          </>
        )}
      </div>
      {runner.dialog}
    </Page>
  );
}

/** The last good list stays on screen; the admin should know that it is not the newest. */
function stale(error: CallError | undefined): CallError | undefined {
  return error && { ...error, message: `The list could not be refreshed and may be old. ${error.message}` };
}

function matches({ name, partner, description }: SynchronizationView, search: string): boolean {
  const text = `${name} ${description} ${partner.url} ${partner.title ?? ''}`.toLowerCase();
  return text.includes(search.trim().toLowerCase());
}
