/** Facts from which the status of a synchronization is derived. Times are milliseconds since the epoch. */
import type { Role } from '#core/model/role';

export interface StatusFacts {
  now: number;
  role: Role;
  /** True on the side that sent the invitation. */
  inviter: boolean;
  /** How people know the partner: the title of its site, or its host. */
  partner: string;
  phase: 'invited' | 'received' | 'joining' | 'joined' | 'rejected' | 'deleted';
  invitation?: {
    expiresAt: number;
    via: 'directory' | 'code' | 'known';
    /** Too many wrong secrets were tried. */
    burned: boolean;
    /** Why the directory could not deliver it. */
    undelivered?: string;
  };
  rejected?: { by: 'me' | 'partner'; reason?: string };
  deleted?: { by: 'me' | 'partner' | 'withdrawn'; dropped: number };
  confirmedHere: boolean;
  confirmedThere: boolean;
  /** Revision in force on both sites (0: none), newest published or received, and the note of the newest. */
  agreedRevision: number;
  latestRevision: number;
  note?: string;
  /** Enabled mappings of the agreed revision. */
  enabledMappings: number;
  run: { here: 'stopped' | 'started'; there: 'stopped' | 'started'; since: number };
  /** False when the app's licence here is inactive; sending waits. */
  licensed: boolean;
  /** A safety stop: what happened, what it means, and the question to answer. */
  brake?: { text: string };
  /** Changes here that have not reached the partner. */
  queued: number;
  /** Values that wait for somebody. */
  problems: number;
  /** Everything up to this time is on both sites. */
  inSyncAsOf?: number;
}
