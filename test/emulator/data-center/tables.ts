/** Tables that only Data Center has: personal access tokens and webhooks. */
import type { Row } from '../jira/entities';
import type { MakeTable } from '../jira/table';

export interface AccessTokenRow extends Row {
  userId: string;
  name: string;
  /** SHA-256 of the token in hex; the token itself is shown once. */
  hash: string;
  created: number;
  /** Epoch milliseconds; absent: never. */
  expires?: number;
  lastUsed?: number;
}

export interface WebhookRow extends Row {
  name: string;
  url: string;
  events: readonly string[];
  /** JQL that issues must fit; empty: all. */
  jql: string;
  excludeBody: boolean;
  enabled: boolean;
  updatedBy: string;
  updated: number;
}

/** One run of the index builder, which is over as soon as it began. */
export interface ReindexRow extends Row {
  type: 'FOREGROUND' | 'BACKGROUND' | 'BACKGROUND_PREFERRED' | 'BACKGROUND_PREFFERED';
  at: number;
}

/** All of them, empty. */
export function serverTables(make: MakeTable) {
  return {
    accessTokens: make<AccessTokenRow>({ user: (row) => [row.userId], hash: (row) => [row.hash] }),
    webhooks: make<WebhookRow>(),
    reindexes: make<ReindexRow>(),
  };
}
