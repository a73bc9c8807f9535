/** What actions are called on screen, and where those that open a page lead. */
import type { Action, SynchronizationView } from '../../../../src/api/views';

export const actionNames: Record<Action, string> = {
  next: 'Next',
  copyInvitation: 'Copy invitation',
  sendAgain: 'Send again',
  withdraw: 'Withdraw',
  confirmPartner: 'Confirm partner',
  configure: 'Configure',
  import: 'Import',
  start: 'Start',
  stop: 'Stop',
  edit: 'Edit',
  scope: 'Synchronization scope',
  troubleshoot: 'Troubleshoot',
  delete: 'Delete',
  removeRecord: 'Remove record',
};

/** The page that an action opens, or undefined for one that is carried out where it stands. */
export function pageOf(action: Action, { id }: Pick<SynchronizationView, 'id'>): string | undefined {
  switch (action) {
    case 'next':
      return `/s/${id}/next`;
    case 'copyInvitation':
      return `/s/${id}/sent`;
    case 'confirmPartner':
      return `/s/${id}/confirm`;
    case 'configure':
    case 'import':
      return `/s/${id}/configure`;
    case 'edit':
      return `/s/${id}/details`;
    case 'scope':
      return `/s/${id}/scope`;
    case 'troubleshoot':
      return `/s/${id}/problems`;
    default:
      return undefined;
  }
}
