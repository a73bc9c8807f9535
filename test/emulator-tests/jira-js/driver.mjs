/** One site seen through jira.js, which throws on every body it does not recognise. Failures are kept, the drive goes on. */
import { createAgileClient } from 'jira.js/agile';
import { createCloudClient } from 'jira.js/cloud';
import { createClient } from 'jira.js/core';

/** Marks what jira.js has no method for, so that the door can list it. */
const BY_HAND = { 'x-by-hand': 'true' };

/** A driver of one site; `failures` fills up while it drives. */
export function createDriver({ host, email, apiToken }) {
  const core = createClient({
    host,
    auth: { type: 'basic', email, apiToken },
    onSchemaMismatch: 'throw',
  });
  const clients = { cloud: createCloudClient(core), agile: createAgileClient(core) };
  const failures = [];

  async function attempt(name, task) {
    try {
      return await task();
    } catch (error) {
      const issues = error?.report?.issues ?? error?.cause?.issues ?? error?.issues;
      const detail = issues === undefined ? '' : ` ${JSON.stringify(issues)}`;
      failures.push(`${name}: ${error?.message ?? error}${detail.slice(0, 900)}`);
      return undefined;
    }
  }

  return {
    failures,
    attempt,
    /** Calls a method of the platform by its name, `issues.getIssue`; undefined when it failed. */
    ask: (name, parameters) => attempt(name, () => method(clients.cloud, name)(parameters)),
    /** The same for Jira Software, `board.getAllBoards`. */
    askAgile: (name, parameters) => attempt(name, () => method(clients.agile, name)(parameters)),
    /** Sends what jira.js has no method for; `schema` judges the answer. */
    send: (verb, url, request = {}) =>
      attempt(`${verb} ${url}`, () => core.sendRequest({ method: verb, url, headers: BY_HAND, ...request })),
  };
}

function method(client, name) {
  const [group, call] = name.split('.');
  return client[group][call];
}

/** A document of one paragraph. */
export function says(text) {
  return {
    type: 'doc',
    version: 1,
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  };
}
