/** Facts of a synchronization at a glance. */
import Lozenge from '@atlaskit/lozenge';
import SectionMessage from '@atlaskit/section-message';
import type { SynchronizationDetail } from '../../../../../src/api/views';
import { RelativeTime } from '../../components/relative-time';
import { TwoSites } from '../../components/two-sites';

export function OverviewTab({ row }: { row: SynchronizationDetail }) {
  const partner = row.partner.title ?? row.partner.url.replace('https://', '');
  const running = row.status.sync === 'Running';
  return (
    <div className="stack" style={{ paddingTop: 16, width: '100%' }}>
      <TwoSites left="This site" right={partner} flow={running ? row.direction : 'none'} />
      {row.rejection && (
        <SectionMessage
          appearance="error"
          title={
            row.rejection.by === 'me' ? 'You rejected this invitation' : `${partner} rejected the invitation`
          }
        >
          <p>{row.rejection.reason || 'No reason was given.'}</p>
        </SectionMessage>
      )}
      {row.backfill && row.backfill.done < row.backfill.total && (
        <div>
          <label className="label" htmlFor="backfill">
            Existing issues: {row.backfill.done} of {row.backfill.total}
          </label>
          <progress
            id="backfill"
            max={row.backfill.total}
            value={row.backfill.done}
            style={{ width: '100%', maxWidth: 360 }}
          />
        </div>
      )}
      <div className="cards">
        <PartnerCard row={row} />
        <FlowCard row={row} />
        <MappingsCard row={row} />
      </div>
    </div>
  );
}

function PartnerCard({ row }: { row: SynchronizationDetail }) {
  return (
    <section className="card">
      <h2>Partner</h2>
      <dl className="facts">
        <dt>Site</dt>
        <dd>{row.partner.url.replace('https://', '')}</dd>
        <dt>Your role</dt>
        <dd>
          {row.role === 'primary'
            ? 'Primary: you define what is shared'
            : 'Secondary: you complete what is shared'}
        </dd>
        <dt>Verified</dt>
        <dd>{verifiedText(row)}</dd>
        {row.words && (
          <>
            <dt>Six words</dt>
            <dd data-testid="words">{row.words.join(' · ')}</dd>
          </>
        )}
        <dt>Changes here</dt>
        <dd>are made by {row.madeBy}</dd>
      </dl>
    </section>
  );
}

function verifiedText({ confirmedHere, confirmedThere }: SynchronizationDetail): string {
  if (confirmedHere && confirmedThere) return 'by both sites';
  if (confirmedHere) return 'by you; your partner has not confirmed yet';
  return confirmedThere ? 'by your partner; you have not confirmed yet' : 'not yet';
}

function FlowCard({ row }: { row: SynchronizationDetail }) {
  const { counts } = row;
  return (
    <section className="card">
      <h2>Flow</h2>
      <dl className="facts">
        <dt>In sync as of</dt>
        <dd>{row.inSyncAsOf === undefined ? 'not yet' : <RelativeTime at={row.inSyncAsOf} />}</dd>
        <dt>Issues with a twin</dt>
        <dd>{counts.pairs.toLocaleString('en')}</dd>
        <dt>Changes sent</dt>
        <dd>{counts.sent.toLocaleString('en')}</dd>
        <dt>Changes received</dt>
        <dd>{counts.received.toLocaleString('en')}</dd>
        <dt>Waiting to go</dt>
        <dd>{counts.queued.toLocaleString('en')}</dd>
        <dt>Created</dt>
        <dd>
          <RelativeTime at={row.createdAt} />
        </dd>
      </dl>
    </section>
  );
}

function MappingsCard({ row }: { row: SynchronizationDetail }) {
  return (
    <section className="card">
      <h2>Mappings</h2>
      {row.mappings.length === 0 && (
        <p className="subtle">
          None yet.{' '}
          {row.role === 'primary' ? 'Choose Configure to propose the first.' : 'Your partner proposes them.'}
        </p>
      )}
      {row.mappings.map((mapping) => (
        <p key={mapping.id}>
          <span className="strong">{mapping.label}</span>{' '}
          <Lozenge appearance={mapping.enabled ? 'success' : 'default'}>
            {mapping.enabled ? 'Enabled' : 'Disabled'}
          </Lozenge>
          <br />
          <span className="small subtle">
            {mapping.myProject ? `${mapping.myProject} here, ` : ''}
            {mapping.fields} fields
          </span>
        </p>
      ))}
      {row.latestRevision > 0 && (
        <p className="small subtle">
          Revision {row.agreedRevision} is in force
          {row.latestRevision > row.agreedRevision
            ? `, revision ${row.latestRevision} waits for confirmation.`
            : '.'}
          {row.note ? ` Note: ${row.note}` : ''}
        </p>
      )}
    </section>
  );
}
