// What the tour looks at: the app's own list on both sites, asked as their administrators.
import { control } from './control.js';

const SITES = ['acme', 'globex'];
let admins;

async function adminOf(site) {
  admins ??= control
    .get('/health')
    .then(({ sites }) =>
      Object.fromEntries(sites.map((each) => [each.key, each.users.find((user) => user.admin)?.accountId])),
    );
  return (await admins)[site];
}

/** The installed app is another one: there is nothing to observe. */
export class NotThisApp extends Error {}

async function ask(site, name, request) {
  const module = window.emulatorConsole.adminPage;
  const answer = await control.post('/invoke', {
    site,
    module,
    functionKey: 'call',
    payload: { name, request },
    accountId: await adminOf(site),
  });
  if (!answer.ok && /no definition/i.test(answer.message)) {
    throw new NotThisApp();
  }
  return answer.ok && answer.body?.ok ? answer.body.value : undefined;
}

/** Facts that stay true once seen, such as "was stopped while running". */
const seenBefore = { running: false, stoppedAfterRunning: false, panel: false };

/** The panel of an issue counts once there is a twin to tell of. */
document.addEventListener('console:panel', () => {
  seenBefore.panel ||= seenBefore.running;
});

/** `{acme, globex}` with the newest synchronization of each, its detail, plus what was seen over time. */
export async function observe() {
  const facts = { history: seenBefore };
  for (const site of SITES) {
    const list = (await ask(site, 'list', {}))?.synchronizations ?? [];
    const alive = list.filter((each) => !['Deleted', 'Rejected'].includes(each.status.status));
    const newest = alive.toSorted((a, b) => b.updatedAt - a.updatedAt)[0];
    facts[site] = newest && { ...newest, detail: await ask(site, 'get', { id: newest.id }) };
  }
  const states = SITES.map((site) => facts[site]?.status.sync);
  seenBefore.running ||= states.every((state) => state === 'Running');
  seenBefore.stoppedAfterRunning ||= seenBefore.running && states.includes('Stopped');
  return facts;
}
