/** What a person sees of a synchronization's status. The same shape as the view model of the screens. */

type StatusTone = 'neutral' | 'info' | 'moving' | 'success' | 'warning' | 'danger';

export type StatusAction =
  | 'next'
  | 'copyInvitation'
  | 'sendAgain'
  | 'withdraw'
  | 'confirmPartner'
  | 'configure'
  | 'import'
  | 'start'
  | 'stop'
  | 'edit'
  | 'scope'
  | 'troubleshoot'
  | 'delete'
  | 'removeRecord';

type StatusWord =
  | 'Invitation sent'
  | 'Invitation received'
  | 'Rejected'
  | 'Not configured'
  | 'Active'
  | 'Deleted';

type SyncWord =
  | 'Handshake'
  | 'Running'
  | 'Stopped'
  | 'Restart required'
  | 'Waiting for secondary'
  | 'Update required';

export interface StatusView {
  status: StatusWord;
  statusTone: StatusTone;
  /** `null`: shown as a dash. */
  sync: SyncWord | null;
  syncTone: StatusTone;
  /** What happened and what to do. */
  qualifier: string;
  /** The action that leads on; always one of `actions`. */
  nextAction?: StatusAction;
  actions: StatusAction[];
}
