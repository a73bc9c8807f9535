/** All pictures: every page in each situation that looks different. */

import type { Screen } from './screen';
import { earlyScreens } from './screens-early';
import { editorScreens } from './screens-editor';
import { historyScreens } from './screens-history';
import { repairScreens } from './screens-repair';
import { runningScreens } from './screens-running';

export const screens: Screen[] = [
  ...earlyScreens,
  ...editorScreens,
  ...runningScreens,
  ...repairScreens,
  ...historyScreens,
];
