/** Presses and fills what a screen wants, then waits until it is at rest. */
import type { Screen } from './screen';

const patienceMs = 5_000;

export async function playSteps(
  { steps = [], shows = 'h1, .panel' }: Screen,
  isBusy: () => boolean,
): Promise<void> {
  const first = steps[0]?.split('=')[0];
  await present(first === undefined ? shows : testId(first));
  for (const step of steps) {
    const [id = '', text] = step.split('=');
    const element = await present(testId(id));
    if (text === undefined) element.click();
    else fill(element, text);
  }
  await present(shows);
  await until(() => !isBusy());
  await document.fonts.ready;
  await frame();
  await frame();
}

function testId(id: string): string {
  return `[data-testid="${id}"]`;
}

/** React listens to the native setter and an input event. */
function fill(element: HTMLElement, text: string): void {
  const kind = element instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(element, text);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

async function present(selector: string): Promise<HTMLElement> {
  let found: HTMLElement | null = null;
  await until(() => {
    found = document.querySelector<HTMLElement>(selector);
    return found !== null;
  }, selector);
  return found as unknown as HTMLElement;
}

async function until(holds: () => boolean, what = 'rest'): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`The screen did not come to show: ${what}`);
    await frame();
  }
}

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
