/** From the empty list to the confirmed partner. */
import type { CallError } from '../../../src/api/calls';
import type { SynchronizationDetail, SynchronizationView } from '../../../src/api/views';
import { newOptions } from './data/new-options';
import { allRows, detailAs, earlyDetail, invitation } from './data/rows';
import { statuses } from './data/statuses';
import type { Answers, Screen } from './screen';

const site = { url: 'https://acme.atlassian.net', title: 'Acme' };

export function listAnswer(synchronizations: SynchronizationView[]): Answers {
  return { list: () => ({ ok: true, value: { site, directory: true, synchronizations } }) };
}

export function detailAnswer(value: SynchronizationDetail): Answers {
  return { get: () => ({ ok: true, value }), newOptions: () => newOptions };
}

export function refused(error: CallError): { ok: false; error: CallError } {
  return { ok: false, error };
}

const received: SynchronizationDetail = {
  ...earlyDetail(statuses.received, { name: 'From Globex', role: 'secondary', invitation }),
};
const code = `isx1.${'q7PzV3nK8sWd2fYb6HxLm4Rt9Jc'.repeat(9)}`;
const codeAnswer: Answers = {
  invitationCode: () => ({
    ok: true,
    value: {
      code,
      expiresAt: invitation.expiresAt,
      fileName: 'concord-invitation.txt',
      mail: { subject: 'Invitation', body: code },
    },
  }),
};
const words = ['harvest', 'violet', 'anchor', 'pilot', 'meadow', 'copper'];
const new1 = { path: '/new', answers: { newOptions: () => newOptions } };

export const earlyScreens: Screen[] = [
  { name: 'list-loading', path: '/', answers: { list: () => 'never' }, shows: '.waiting span' },
  {
    name: 'list-failed',
    path: '/',
    answers: {
      list: () =>
        refused({
          code: 'forbidden',
          message: 'Only a Jira admin can see synchronizations. Ask one for access.',
        }),
    },
    shows: '[data-testid="failure"]',
  },
  { name: 'list-empty', path: '/', answers: listAnswer([]), shows: '[data-testid="list-new"]' },
  { name: 'list', path: '/', answers: listAnswer(allRows), shows: 'table' },
  {
    name: 'list-menu',
    path: '/',
    answers: listAnswer(allRows),
    steps: ['menu-k3v9w2'],
    shows: '[data-testid="action-stop"]',
  },
  {
    name: 'list-search',
    path: '/',
    answers: listAnswer(allRows),
    steps: ['list-search=nothing like this'],
    shows: '[data-testid="list-search"]',
  },
  { name: 'new', ...new1, shows: '[data-testid="invite-send"]' },
  {
    name: 'new-scope',
    ...new1,
    steps: ['invite-url=https://globex.atlassian.net', 'scope-projects-hide', 'scope-issue-types-show'],
    shows: '[data-testid="scope-issue-types-ids"]',
  },
  {
    name: 'new-refused',
    path: '/new',
    answers: {
      newOptions: () => newOptions,
      invite: () =>
        refused({
          code: 'invalid',
          message: 'The invitation was not sent. Correct the marked fields.',
          fields: {
            name: 'Give the synchronization a name.',
            partnerUrl: 'This is your own site. Enter the address of the other one.',
          },
        }),
    },
    steps: ['invite-url=https://acme.atlassian.net/jira', 'invite-send'],
    shows: '[data-testid="failure"]',
  },
  {
    name: 'sent-by-directory',
    path: '/s/k3v9w2/sent',
    answers: { ...detailAnswer(earlyDetail(statuses.sent, { invitation })), ...codeAnswer },
    shows: '[data-testid="code-copy"]',
  },
  {
    name: 'sent-by-code',
    path: '/s/k3v9w2/sent',
    answers: {
      ...detailAnswer(
        earlyDetail(statuses.undelivered, {
          invitation: {
            ...invitation,
            via: 'code',
            undelivered: 'The directory does not know this site yet; is the app installed there?',
          },
        }),
      ),
      ...codeAnswer,
    },
    shows: '[data-testid="code-copy"]',
  },
  { name: 'invitation-paste', path: '/invitation', answers: {}, shows: '[data-testid="code-submit"]' },
  {
    name: 'invitation-refused',
    path: '/invitation',
    answers: {
      receiveCode: () =>
        refused({
          code: 'invalid',
          message: 'This invitation has expired. Ask your partner to send it again.',
          fields: { code: 'It expired 3 days ago.' },
        }),
    },
    steps: ['code-text=isx1.abc', 'code-submit'],
    shows: '[data-testid="failure"]',
  },
  {
    name: 'received',
    path: '/s/p-8/next',
    answers: detailAnswer(received),
    shows: '[data-testid="accept"]',
  },
  {
    name: 'received-reject',
    path: '/s/p-8/next',
    answers: detailAnswer(received),
    steps: ['reject'],
    shows: '[data-testid="reject-reason"]',
  },
  {
    name: 'confirm-shaking-hands',
    path: '/s/k3v9w2/confirm',
    answers: detailAnswer(earlyDetail(statuses.words)),
    shows: '.waiting span',
  },
  {
    name: 'confirm',
    path: '/s/k3v9w2/confirm',
    answers: detailAnswer(earlyDetail(statuses.words, { words })),
    shows: '[data-testid="words"]',
  },
  {
    name: 'confirm-done-here',
    path: '/s/k3v9w2/confirm',
    answers: detailAnswer(earlyDetail(statuses.words, { words, confirmedHere: true })),
    shows: '[data-testid="words"]',
  },
  {
    name: 'confirm-differ',
    path: '/s/k3v9w2/confirm',
    answers: detailAnswer(detailAs(statuses.words, { confirmedHere: false, confirmedThere: false })),
    steps: ['words-differ'],
    shows: '[data-testid="delete-confirm"]',
  },
];
