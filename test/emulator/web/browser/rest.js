// The site's REST API as the signed-in user: the same calls any client makes.

/** An answer that is not 2xx: `messages` for people, `fields` = message by field id. */
export class RestError extends Error {
  constructor(status, body) {
    const fields = body?.errors ?? {};
    const messages = body?.errorMessages ?? [];
    super([...messages, ...Object.values(fields)].join(' ') || `Jira answered ${status}.`);
    this.status = status;
    this.fields = fields;
    this.messages = messages;
  }
}

async function request(path, init) {
  const response = await fetch(path, {
    ...init,
    headers: { accept: 'application/json', 'X-Atlassian-Token': 'no-check', ...init?.headers },
  });
  const text = await response.text();
  const body = text && /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : undefined;
  if (!response.ok) {
    throw new RestError(response.status, body ?? { errorMessages: text ? [text.slice(0, 300)] : [] });
  }
  return body;
}

function withBody(method) {
  return (path, body) =>
    request(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

export const rest = {
  get: (path) => request(path),
  post: withBody('POST'),
  put: withBody('PUT'),
  delete: (path) => request(path, { method: 'DELETE' }),
  /** Uploads files to an issue. */
  upload(path, files) {
    const form = new FormData();
    for (const file of files) {
      form.append('file', file, file.name);
    }
    return request(path, { method: 'POST', body: form });
  },
};

/** `q('/path', {a: 1, b: undefined})` -> `/path?a=1`. */
export function q(path, parameters) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') {
      search.set(key, String(value));
    }
  }
  return `${path}?${search}`;
}

/** Reads every page of a `startAt` resource; `name` is the list inside. */
export async function allPages(path, name, pageSize = 50) {
  const found = [];
  for (;;) {
    const joiner = path.includes('?') ? '&' : '?';
    const page = await rest.get(`${path}${joiner}startAt=${found.length}&maxResults=${pageSize}`);
    found.push(...page[name]);
    if (page[name].length === 0 || page.isLast || found.length >= (page.total ?? 0)) {
      return found;
    }
  }
}
