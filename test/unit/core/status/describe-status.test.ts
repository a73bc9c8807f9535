/** The status table, a row per line of it. */
import { statusViewSchema } from '#api/views';
import { describeStatus } from '#core/status/describe-status';
import type { StatusFacts } from '#core/status/facts';
import type { StatusView } from '#core/status/status-view';

const now = 1_000_000_000;
const minute = 60_000;
const hour = 60 * minute;
const running: StatusFacts = {
  now,
  role: 'primary',
  inviter: true,
  partner: 'Globex',
  phase: 'joined',
  confirmedHere: true,
  confirmedThere: true,
  agreedRevision: 1,
  latestRevision: 1,
  enabledMappings: 1,
  run: { here: 'started', there: 'started', since: now - 3 * hour },
  licensed: true,
  queued: 0,
  problems: 0,
  inSyncAsOf: now - 2 * minute,
};
const invitation = { expiresAt: now + hour, via: 'directory', burned: false } as const;
const unconfigured: Partial<StatusFacts> = { agreedRevision: 0, latestRevision: 0, enabledMappings: 0 };

interface StatusRow {
  what: string;
  facts: Partial<StatusFacts>;
  status: StatusView['status'];
  sync: StatusView['sync'];
  says: RegExp;
  next?: StatusView['nextAction'];
  can?: StatusView['actions'];
  cannot?: StatusView['actions'];
}

const rows: StatusRow[] = [
  {
    what: 'an invitation is out',
    facts: { phase: 'invited', invitation },
    status: 'Invitation sent',
    sync: null,
    says: /^Waiting for Globex\.$/,
    can: ['copyInvitation', 'withdraw'],
    cannot: ['delete', 'start'],
  },
  {
    what: 'an invitation waits to be handed over',
    facts: { phase: 'invited', invitation: { ...invitation, via: 'code' } },
    status: 'Invitation sent',
    sync: null,
    says: /code/,
    next: 'copyInvitation',
  },
  {
    what: 'an invitation could not be delivered',
    facts: { phase: 'invited', invitation: { ...invitation, undelivered: 'Globex has no app.' } },
    status: 'Invitation sent',
    sync: null,
    says: /Globex has no app/,
    next: 'copyInvitation',
  },
  {
    what: 'an invitation has expired',
    facts: { phase: 'invited', invitation: { ...invitation, expiresAt: now } },
    status: 'Invitation sent',
    sync: null,
    says: /expired/,
    next: 'sendAgain',
    cannot: ['copyInvitation'],
  },
  {
    what: 'an invitation was tried too often',
    facts: { phase: 'invited', invitation: { ...invitation, burned: true } },
    status: 'Invitation sent',
    sync: null,
    says: /wrong attempts/,
    next: 'sendAgain',
  },
  {
    what: 'an invitation is in',
    facts: { phase: 'received', inviter: false, role: 'secondary', invitation },
    status: 'Invitation received',
    sync: null,
    says: /Globex invites/,
    next: 'next',
  },
  {
    what: 'an invitation that came in has expired',
    facts: { phase: 'received', inviter: false, invitation: { ...invitation, expiresAt: now - 1 } },
    status: 'Invitation received',
    sync: null,
    says: /Ask Globex/,
    can: ['removeRecord'],
    cannot: ['next'],
  },
  {
    what: 'the partner refused with a reason',
    facts: { phase: 'rejected', rejected: { by: 'partner', reason: 'Not now.' } },
    status: 'Rejected',
    sync: null,
    says: /by Globex: Not now\./,
    next: 'sendAgain',
    can: ['removeRecord'],
  },
  {
    what: 'this site refused',
    facts: { phase: 'rejected', inviter: false, rejected: { by: 'me' } },
    status: 'Rejected',
    sync: null,
    says: /by this site/,
    can: ['removeRecord'],
    cannot: ['sendAgain'],
  },
  {
    what: 'keys are being exchanged',
    facts: { phase: 'joining', ...unconfigured },
    status: 'Not configured',
    sync: 'Handshake',
    says: /exchanging keys/,
    can: ['delete'],
  },
  {
    what: 'the words are not compared here',
    facts: { confirmedHere: false, ...unconfigured },
    status: 'Not configured',
    sync: 'Handshake',
    says: /six words/,
    next: 'confirmPartner',
    cannot: ['configure', 'start'],
  },
  {
    what: 'the partner has not confirmed',
    facts: { confirmedThere: false, ...unconfigured },
    status: 'Not configured',
    sync: 'Handshake',
    says: /Waiting for Globex to confirm/,
    cannot: ['configure', 'confirmPartner'],
  },
  {
    what: 'nothing is agreed yet and I am primary',
    facts: unconfigured,
    status: 'Not configured',
    sync: 'Stopped',
    says: /Choose what to share/,
    next: 'configure',
    cannot: ['start'],
  },
  {
    what: 'nothing is agreed yet and I am secondary',
    facts: { ...unconfigured, role: 'secondary' },
    status: 'Not configured',
    sync: 'Stopped',
    says: /Globex defines/,
    cannot: ['configure', 'start', 'import'],
  },
  {
    what: 'the first revision waits for me',
    facts: { ...unconfigured, role: 'secondary', latestRevision: 1, note: 'First try' },
    status: 'Not configured',
    sync: 'Update required',
    says: /revision 1: First try\.$/,
    next: 'import',
  },
  {
    what: 'a newer revision waits for me while it runs',
    facts: { role: 'secondary', latestRevision: 2, note: 'More fields.' },
    status: 'Active',
    sync: 'Update required',
    says: /More fields\. It runs on under revision 1\.$/,
    next: 'import',
    can: ['stop'],
  },
  {
    what: 'my revision is not confirmed',
    facts: { latestRevision: 2 },
    status: 'Active',
    sync: 'Waiting for secondary',
    says: /not confirmed revision 2.*runs on/,
    can: ['stop', 'configure'],
  },
  {
    what: 'it runs and everything is across',
    facts: {},
    status: 'Active',
    sync: 'Running',
    says: /^In sync as of 2 minutes ago\.$/,
    can: ['stop', 'edit', 'configure', 'troubleshoot', 'delete'],
    cannot: ['start'],
  },
  {
    what: 'it runs with changes on the way and values that wait',
    facts: { queued: 1, problems: 2 },
    status: 'Active',
    sync: 'Running',
    says: /1 change is on the way\. 2 items wait for somebody\.$/,
    next: 'troubleshoot',
  },
  {
    what: 'I stopped it',
    facts: { run: { here: 'stopped', there: 'started', since: now - 3 * hour }, queued: 4 },
    status: 'Active',
    sync: 'Stopped',
    says: /Stopped by this site 3 hours ago\. 4 changes wait\./,
    next: 'start',
    cannot: ['stop'],
  },
  {
    what: 'the partner stopped it',
    facts: { run: { here: 'started', there: 'stopped', since: now - minute } },
    status: 'Active',
    sync: 'Stopped',
    says: /Stopped by Globex 1 minute ago\. Nothing waits\./,
    can: ['stop'],
  },
  {
    what: 'the licence is inactive',
    facts: { licensed: false },
    status: 'Active',
    sync: 'Stopped',
    says: /licence is inactive.*Nothing is lost/,
  },
  {
    what: 'a safety stop was pulled',
    facts: { brake: { text: 'The key of the partner has changed. Compare the words again.' } },
    status: 'Active',
    sync: 'Restart required',
    says: /key of the partner has changed/,
    next: 'troubleshoot',
    cannot: ['start', 'stop'],
  },
  {
    what: 'the partner deleted it with changes unsent',
    facts: { phase: 'deleted', deleted: { by: 'partner', dropped: 3 } },
    status: 'Deleted',
    sync: null,
    says: /Deleted by Globex\. 3 changes were not sent\./,
    next: 'removeRecord',
  },
  {
    what: 'the invitation was withdrawn',
    facts: { phase: 'deleted', deleted: { by: 'withdrawn', dropped: 0 } },
    status: 'Deleted',
    sync: null,
    says: /withdrawn/,
    next: 'removeRecord',
    cannot: ['delete'],
  },
];

test.each(rows)('$what', (row) => {
  const view = describeStatus({ ...running, ...row.facts });
  expect(statusViewSchema.parse(view)).toEqual(view);
  expect([view.status, view.sync]).toEqual([row.status, row.sync]);
  expect(view.qualifier).toMatch(row.says);
  expect(view.nextAction).toBe(row.next);
  expect(new Set(view.actions).size).toBe(view.actions.length);
  expect(view.actions).toEqual(expect.arrayContaining([...(row.can ?? []), ...(row.next ? [row.next] : [])]));
  for (const action of row.cannot ?? []) expect(view.actions).not.toContain(action);
});
