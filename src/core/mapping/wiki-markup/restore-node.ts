/** Restores one node that was edited as markup: its attributes, and those of its parts which were not edited. */
import { canonicalJson } from '#core/merge/canonical-json';
import type { AdfNode } from '#core/merge/normalise-adf';
import { parseInline } from './parse-inline';
import { printInline } from './print-inline';

/** `original` was written as markup that read as `shown`, and now reads as `read`; all three are of the same sort. */
export function restoreNode(read: AdfNode, original: AdfNode, shown: AdfNode): AdfNode {
  if (read.type !== shown.type) return read;
  if (canonicalJson(read) === canonicalJson(shown)) return original;
  const isPlain = canonicalJson(read.attrs ?? {}) === canonicalJson(shown.attrs ?? {});
  const attrs = isPlain ? original.attrs : read.attrs;
  const content = restoreContent(read, original, shown);
  return {
    // A part that unfolds stays one within another.
    type: original.type,
    ...(attrs === undefined ? {} : { attrs }),
    ...(original.marks === undefined ? {} : { marks: original.marks }),
    ...(content.length === 0 ? {} : { content }),
  };
}

const inlineHolders: ReadonlySet<string> = new Set(['paragraph', 'heading', 'taskItem', 'decisionItem']);

function restoreContent(read: AdfNode, original: AdfNode, shown: AdfNode): AdfNode[] {
  const now = read.content ?? [];
  const before = original.content ?? [];
  const said = shown.content ?? [];
  if (inlineHolders.has(original.type)) return restoreLine(now, before);
  // Only where each part reads as one part is it known which is which.
  if (original.type === 'codeBlock' || before.length !== said.length) return now;
  const parts = new Parts(before, said);
  const same = now.map((node, at) => parts.takeSame(node, at));
  return now.map((node, at) => same[at] ?? parts.restoreNext(node, at));
}

/** The parts of a node as they were, each used once. */
class Parts {
  readonly #before: readonly AdfNode[];
  readonly #said: readonly AdfNode[];
  readonly #keys: readonly string[];
  readonly #free: Set<number>;
  readonly #byKey = new Map<string, number[]>();

  constructor(before: readonly AdfNode[], said: readonly AdfNode[]) {
    this.#before = before;
    this.#said = said;
    this.#keys = said.map(canonicalJson);
    this.#free = new Set(said.keys());
    for (const [at, key] of this.#keys.entries()) {
      const places = this.#byKey.get(key);
      if (places === undefined) this.#byKey.set(key, [at]);
      else places.push(at);
    }
  }

  /** The part that reads exactly so, the one at that place rather than another. */
  takeSame(node: AdfNode, at: number): AdfNode | undefined {
    const key = canonicalJson(node);
    if (this.#keys[at] === key && this.#free.delete(at)) return this.#before[at];
    const places = this.#byKey.get(key) ?? [];
    while (places.length > 0) {
      const place = places.shift();
      if (place !== undefined && this.#free.delete(place)) return this.#before[place];
    }
    return undefined;
  }

  /** A part that was edited is the one that stood there, or the first of its sort that is left. */
  restoreNext(node: AdfNode, at: number): AdfNode {
    const isHere = this.#free.has(at) && this.#said[at]?.type === node.type;
    const found = isHere ? at : [...this.#free].find((one) => this.#said[one]?.type === node.type);
    const original = found === undefined ? undefined : this.#before[found];
    const shown = found === undefined ? undefined : this.#said[found];
    if (found === undefined || original === undefined || shown === undefined) return node;
    this.#free.delete(found);
    return restoreNode(node, original, shown);
  }
}

/** What markup says differently in a line, with what it reads as. */
interface Kept {
  node: AdfNode;
  shown: AdfNode[];
}

/** Lozenges, dates, marks that markup does not know: put back wherever the words that stand for them still stand. */
function restoreLine(now: readonly AdfNode[], before: readonly AdfNode[]): AdfNode[] {
  const kept = before.flatMap((node): Kept[] => {
    const shown = parseInline(printInline([node], false));
    const isSaid = canonicalJson(shown) === canonicalJson([node]);
    return isSaid || shown.length !== 1 || shown[0]?.type !== 'text' ? [] : [{ node, shown }];
  });
  let line = [...now];
  for (const one of kept) line = restoreOne(line, one);
  return line;
}

function restoreOne(line: AdfNode[], { node, shown }: Kept): AdfNode[] {
  const words = shown[0]?.text ?? '';
  const marks = canonicalJson(shown[0]?.marks ?? []);
  const at = line.findIndex(
    (one) =>
      one.type === 'text' && canonicalJson(one.marks ?? []) === marks && one.text?.includes(words) === true,
  );
  const found = line[at];
  if (words.trim() === '' || found === undefined) return line;
  const from = found.text?.indexOf(words) ?? 0;
  const piece = (text: string): AdfNode[] => (text === '' ? [] : [{ ...found, text }]);
  return [
    ...line.slice(0, at),
    ...piece(found.text?.slice(0, from) ?? ''),
    node,
    ...piece(found.text?.slice(from + words.length) ?? ''),
    ...line.slice(at + 1),
  ];
}
