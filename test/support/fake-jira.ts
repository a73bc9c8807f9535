/** A Jira that answers what it is told to and remembers what it was asked. */
import type { JiraClient, JiraRequest } from '#jira/jira-client';

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, or text as it is. */
  body?: unknown;
}

export interface Asked {
  method: JiraRequest['method'];
  path: string;
  body: unknown;
}

/** Replies by `METHOD /path` without the query; a list is used up one by one. Anything else is an error of the test. */
export function fakeJira(replies: Record<string, Reply | Reply[]>): { client: JiraClient; asked: Asked[] } {
  const asked: Asked[] = [];
  const left = new Map(
    Object.entries(replies).map(([key, value]) => [key, Array.isArray(value) ? [...value] : value]),
  );
  const client: JiraClient = {
    async request(path, init) {
      asked.push({
        method: init.method,
        path,
        body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
      });
      const planned = left.get(`${init.method} ${path.split('?')[0]}`);
      const reply = Array.isArray(planned) ? planned.shift() : planned;
      if (reply === undefined) throw new Error(`nothing planned for ${init.method} ${path}`);
      const headers = new Headers(reply.headers);
      const body = reply.body === undefined ? '' : reply.body;
      return {
        status: reply.status ?? 200,
        headers,
        text: async () => (typeof body === 'string' ? body : JSON.stringify(body)),
      };
    },
  };
  return { client, asked };
}
