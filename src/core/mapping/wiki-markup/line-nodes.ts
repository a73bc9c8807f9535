/** The nodes of a line as they are read: signs that open something stay words until they are closed. */
import { canonicalJson } from '#core/merge/canonical-json';
import type { AdfNode } from '#core/merge/normalise-adf';

/** Each sign is open once at most, so that a mark is put on a node once at most, however hostile the text. */
export class LineNodes {
  readonly #nodes: AdfNode[] = [];
  /** Where each open sign stands among the nodes. */
  readonly #open = new Map<string, number>();
  #words = '';
  #colour: string | undefined;

  word(text: string): void {
    this.#words += text;
  }

  node(node: AdfNode): void {
    this.#flush();
    this.#nodes.push(node);
  }

  /** Phrases end with their line at the latest; colours go on. */
  newLine(): void {
    this.node({ type: 'hardBreak' });
    for (const sign of [...this.#open.keys()]) if (sign !== 'color') this.#open.delete(sign);
  }

  /** False when it is open already. `literal`: what is shown should it never be closed. */
  open(sign: string, literal: string): boolean {
    if (this.#open.has(sign)) return false;
    this.#flush();
    this.#open.set(sign, this.#nodes.length);
    this.#nodes.push({ type: 'text', text: literal });
    return true;
  }

  /** False when it is not open, or nothing stands in between. Signs that were opened within stay words. */
  close(sign: string, mark: AdfNode): boolean {
    const from = this.#open.get(sign);
    if (from === undefined) return false;
    this.#flush();
    if (from === this.#nodes.length - 1) return false;
    this.#open.delete(sign);
    for (const [other, at] of this.#open) if (at > from) this.#open.delete(other);
    this.#nodes[from] = { type: 'text', text: '' };
    for (let at = from + 1; at < this.#nodes.length; at += 1) this.#nodes[at] = marked(this.#nodes[at], mark);
    return true;
  }

  /** Begins a colour, or ends it: undefined. An unknown colour is none. */
  colour(colour: string | undefined, literal: string): void {
    if (this.#open.has('color')) this.#endColour();
    else if (literal === '{color}') {
      this.word(literal);
      return;
    }
    if (literal === '{color}') return;
    this.#colour = colour;
    this.open('color', literal);
  }

  #endColour(): void {
    const colour = this.#colour;
    if (colour !== undefined) this.close('color', { type: 'textColor', attrs: { color: colour } });
    const at = this.#open.get('color');
    if (at === undefined) return;
    this.#nodes[at] = { type: 'text', text: '' };
    this.#open.delete('color');
  }

  /** Neighbouring words with the same marks are one node. */
  finish(): AdfNode[] {
    this.#flush();
    const result: AdfNode[] = [];
    for (const node of this.#nodes.map(onlyPossible)) {
      const last = result.at(-1);
      if (node.type === 'text' && node.text === '') continue;
      if (node.type === 'text' && last?.type === 'text' && marksOf(last) === marksOf(node)) {
        result[result.length - 1] = { ...last, text: `${last.text ?? ''}${node.text ?? ''}` };
      } else result.push(node);
    }
    return result;
  }

  #flush(): void {
    if (this.#words === '') return;
    this.#nodes.push({ type: 'text', text: this.#words });
    this.#words = '';
  }
}

function marksOf(node: AdfNode): string {
  return canonicalJson(node.marks ?? []);
}

function marked(node: AdfNode | undefined, mark: AdfNode): AdfNode {
  if (node === undefined || node.type !== 'text') return node ?? { type: 'text', text: '' };
  const others = (node.marks ?? []).filter(({ type }) => type !== mark.type);
  return { ...node, marks: [...others, mark] };
}

/** Code may be a link but nothing else. */
function onlyPossible(node: AdfNode): AdfNode {
  if (node.marks?.some(({ type }) => type === 'code') !== true) return node;
  return { ...node, marks: node.marks.filter(({ type }) => type === 'code' || type === 'link') };
}
