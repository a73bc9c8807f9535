/** Lists of tasks: in wiki markup a list whose items begin with a box. */
import type { AdfNode } from '#core/merge/normalise-adf';

/** What stands before the words of a task. */
export const boxes: Readonly<Record<string, string>> = { TODO: '[ ] ', DONE: '[x] ' };

/** Documents demand an id; it says nothing, and is made again where the document is written. */
const localId = 'task';

/** The list as tasks where all of its items begin with a box and hold nothing else but lists of the same; else as it is. */
export function asTasks(list: AdfNode): AdfNode {
  return tasksOf(list) ?? list;
}

function tasksOf(list: AdfNode): AdfNode | undefined {
  if (list.type !== 'bulletList') return undefined;
  const content: AdfNode[] = [];
  for (const item of list.content ?? []) {
    const [words, ...lists] = item.content ?? [];
    const task = words?.type === 'paragraph' ? taskOf(words) : undefined;
    if (task === undefined) return undefined;
    content.push(task);
    for (const inner of lists) {
      const tasks = tasksOf(inner);
      if (tasks === undefined) return undefined;
      content.push(tasks);
    }
  }
  return { type: 'taskList', attrs: { localId }, content };
}

function taskOf({ content = [] }: AdfNode): AdfNode | undefined {
  const [first, ...rest] = content;
  if (first?.type !== 'text' || first.marks !== undefined) return undefined;
  const text = first.text ?? '';
  const found = Object.entries(boxes).find(([, box]) => text === box.trimEnd() || text.startsWith(box));
  if (found === undefined) return undefined;
  const [state, box] = found;
  const left = text.slice(box.length);
  const words = left === '' ? rest : [{ ...first, text: left }, ...rest];
  return { type: 'taskItem', attrs: { localId, state }, ...(words.length === 0 ? {} : { content: words }) };
}
