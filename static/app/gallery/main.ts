/** Shows one situation (`?screen=name&mode=dark`), or without a name the list of all of them. */

import { playSteps } from './play-steps';
import { installBridge } from './pretended-bridge';
import { screens } from './screens';

const asked = new URLSearchParams(location.search);
const name = asked.get('screen');
const screen = screens.find((one) => one.name === name);

if (screen === undefined) showIndex();
else void show(screen);

async function show(one: (typeof screens)[number]): Promise<void> {
  const { isBusy } = installBridge(one, asked.get('mode') === 'dark' ? 'dark' : 'light');
  // The SDK looks for its bridge when it is loaded, so the screens are loaded after it.
  await import('../src/main');
  await playSteps(one, isBusy);
  document.documentElement.dataset['ready'] = 'true';
}

function showIndex(): void {
  const list = document.createElement('ul');
  for (const one of screens) {
    const item = document.createElement('li');
    for (const mode of ['light', 'dark']) {
      const link = document.createElement('a');
      link.href = `?screen=${one.name}&mode=${mode}`;
      link.textContent = `${one.name} (${mode})`;
      link.dataset['screen'] = one.name;
      item.append(link, ' ');
    }
    list.append(item);
  }
  document.getElementById('root')?.append(list);
}
