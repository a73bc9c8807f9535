/** The sites as a strict client of other people sees them: jira.js refuses every body it does not know. */
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { createRandom } from '../emulator/core/random';
import { createCloudSite } from '../emulator/jira/create-cloud-site';
import type { JiraSite } from '../emulator/seam';

const run = promisify(execFile);

/** A door with Basic auth and a clock that runs faster than the client, so that no rate limit is met. */
async function openDoor(site: JiraSite): Promise<{ host: string; close: () => void }> {
  const fetch = (request: Request) => {
    const given = Buffer.from(
      (request.headers.get('authorization') ?? '').replace('Basic ', ''),
      'base64',
    ).toString();
    const colon = given.indexOf(':');
    const user = site.authenticate(given.slice(0, colon), given.slice(colon + 1));
    return site.handle(
      request,
      user === undefined ? { kind: 'anonymous' } : { kind: 'user', accountId: user.accountId },
    );
  };
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) =>
      resolve({ host: `http://127.0.0.1:${info.port}`, close: () => server.close() }),
    );
  });
}

const worlds: [key: string, email: string, token: string, project: string, type: string][] = [
  ['acme', 'ada@acme.example', 'ada-token', 'SUP', 'Bug'],
  ['globex', 'grace@globex.example', 'grace-token', 'GSD', 'Defect'],
];

test.each(worlds)(
  'jira.js accepts every answer of %s',
  async (key, email, token, project, type) => {
    let now = Date.parse('2026-11-21T09:30:00Z');
    const clock = {
      now: () => {
        now += 500;
        return now;
      },
      after: () => () => {},
    };
    const door = await openDoor(createCloudSite({ key, clock, random: createRandom(3) }));
    try {
      const script = join(__dirname, 'jira-js-client.mjs');
      const { stdout } = await run(process.execPath, [script, door.host, email, token, project, type], {
        timeout: 90_000,
      });
      const report = JSON.parse(stdout);
      expect(report.failures).toEqual([]);
      expect(report.gone).toBe('NotFoundError');
      expect(report.calls).toBeGreaterThan(150);
    } finally {
      door.close();
    }
  },
  120_000,
);
