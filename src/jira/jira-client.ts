/** How src/jira speaks HTTP: the host brings the authorisation. */

/** An answer, read once. The subset of `fetch` that every host has. */
export interface JiraAnswer {
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Only asked for where bytes are read. */
  arrayBuffer?(): Promise<ArrayBuffer>;
}

export interface JiraRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  headers: Record<string, string>;
  body?: string | ArrayBuffer;
  /** The answer is wanted that leads elsewhere, not what is found there. */
  redirect?: 'manual';
}

export interface JiraClient {
  /** `path` starts with `/rest/api/3/` and is encoded. Rejects when nothing was answered. */
  request(path: string, init: JiraRequest): Promise<JiraAnswer>;
}
