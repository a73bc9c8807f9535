/** What describes one picture of the app: where it stands, what the backend answers, what is pressed. */
import type { CallName, CallRequest, CallResult } from '../../../src/api/calls';

/** Answers by call name; a call that is missing here is answered with an error that names it. */
export type Answers = {
  [N in CallName]?: (request: CallRequest<N>) => CallResult<N> | 'never';
};

export interface Screen {
  name: string;
  /** Address inside the app; `panel` is the issue panel. */
  path: string;
  answers: Answers;
  /** Calls whose answer takes long. */
  slow?: { [N in CallName]?: number };
  /** Test ids, pressed one after the other as soon as each is there; `id=text` fills in. */
  steps?: string[];
  /** CSS selector of what has to be on screen before it is looked at. */
  shows?: string;
}
