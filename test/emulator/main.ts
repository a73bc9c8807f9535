/** `npm start`: two Jira Cloud sites with the app on both, a Data Center site, a directory, and a console. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { errorText } from './core/error-text';
import { playDemo } from './demo';
import { type FaultsInput, faultsSchema } from './platform/fault-schema';
import { startWorld } from './start-world';
import type { World } from './world-contract';

const DEFAULT_PORT_BASE = 8100;

const FLAGS = {
  'port-base': { type: 'string' },
  app: { type: 'string' },
  seed: { type: 'string' },
  faults: { type: 'string' },
  fresh: { type: 'boolean', default: false },
  demo: { type: 'boolean', default: false },
  'virtual-clock': { type: 'boolean', default: false },
  'no-directory': { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const HELP = `npm start -- [flags]
  --port-base N      console on N, acme N+1, globex N+2, initech (Data Center) N+3, directory N+4, Custom UI N+10 (or PORT_BASE; default 8100)
  --app DIRECTORY    another Forge app than this repository's
  --seed N           other sites and other chance; the same number gives the same again
  --faults JSON      what goes wrong from the first moment on, as POST /__emulator/faults takes it
  --fresh            forget the state of earlier runs
  --virtual-clock    time stands still until POST /__emulator/clock {"advanceMs": ...}
  --no-directory     without a directory: invitations by code only
  --quiet            print nothing but errors and the addresses`;

function portBaseFrom(flag: string | undefined): number {
  const text = flag ?? process.env['PORT_BASE'] ?? String(DEFAULT_PORT_BASE);
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_500)
    throw new Error(`"${text}" is no port to start from`);
  return port;
}

function seedFrom(text: string): number {
  const seed = Number(text);
  if (!Number.isInteger(seed)) throw new Error(`"${text}" is no seed: give a whole number`);
  return seed;
}

function faultsFrom(text: string): FaultsInput {
  const result = z
    .string()
    .transform((json, context) => {
      try {
        return JSON.parse(json) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(faultsSchema)
    .safeParse(text);
  if (!result.success) throw new Error(`--faults: ${z.prettifyError(result.error)}`);
  return result.data;
}

function welcome(world: World): string {
  const sites = world.sites().map(({ site, baseUrl }) => {
    const admin = site.users().find((user) => user.admin);
    const login = `${admin?.username ?? admin?.email ?? ''} / ${admin?.password ?? admin?.token ?? ''}`;
    const kind = site.kind === 'datacenter' ? ' (Data Center, without the app)' : '';
    return `  ${site.name.padEnd(20)} ${baseUrl}   ${login}${kind}`;
  });
  return [
    '',
    `${world.app.name} and ${sites.length} emulated Jira sites:`,
    ...sites,
    '',
    `Open the console and follow the tour: ${world.addresses.console}`,
    'Ctrl+C stops; the state is kept for the next start (--fresh forgets it).',
  ].join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: FLAGS, allowPositionals: false });
  if (values.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const print = (text: string) => process.stderr.write(`${text}\n`);
  const running = await startWorld({
    portBase: portBaseFrom(values['port-base']),
    stateDirectory: join(process.cwd(), '.emulator'),
    fresh: values.fresh,
    ...(values.app === undefined ? {} : { appDirectory: values.app }),
    ...(values.seed === undefined ? {} : { seed: seedFrom(values.seed) }),
    ...(values.faults === undefined ? {} : { faults: faultsFrom(values.faults) }),
    virtualClock: values['virtual-clock'],
    directory: !values['no-directory'],
    ...(values.quiet ? {} : { print }),
  });
  const end = () => {
    // A second signal while saving must not start a second ending.
    process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM');
    void running.stop().then(() => process.exit(0));
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  if (values.demo)
    print(
      (await playDemo(running.world)) === 'made'
        ? 'A running pair is set up: SUP on acme, GSD on globex.'
        : 'The pair of the last run is there.',
    );
  process.stdout.write(`${welcome(running.world)}\n`);
}

main().catch((error: unknown) => {
  const unknownFlag = error instanceof TypeError && 'code' in error;
  process.stderr.write(`${errorText(error)}\n${unknownFlag ? `${HELP}\n` : ''}`);
  process.exit(1);
});
