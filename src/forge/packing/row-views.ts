/** Views: what stands before a bit of a row, seen in several ways; each has its slots in a table of chances (`row-model`). */
import type { JsonPlace } from './json-place';

/** Of its own, because they are called for every bit. */
const { imul, min } = Math;

/** The last 1, 2, 3, 4 and 6 bytes, and three about the place in the JSON text. */
export const views = 8;
export const slotBits = 18;

export class Views {
  /** Where the slots for the half of a byte at hand begin. */
  readonly bases = new Int32Array(views);
  private readonly contexts = new Int32Array(views);

  /** Before a byte: `length` bytes of `history` are there. */
  look(place: JsonPlace, history: Uint8Array, length: number): void {
    const { contexts } = this;
    const one = byteAt(history, length - 1);
    const two = byteAt(history, length - 2);
    const three = byteAt(history, length - 3);
    const four = byteAt(history, length - 4);
    const last = one | (two << 8) | (three << 16) | (four << 24);
    const more = byteAt(history, length - 5) | (byteAt(history, length - 6) << 8);
    contexts[0] = one + 1;
    contexts[1] = (last & 0xffff) + 0x1_0000;
    contexts[2] = (last & 0xff_ffff) + 0x300_0000;
    contexts[3] = last;
    contexts[4] = imul(last, 0x2f0b4c47) + imul(more, 0x1f35cd1b);
    contexts[5] = imul(place.name, 31) + 7;
    contexts[6] = imul(place.name, 0x3c6ef35f) + min(place.at, 30);
    contexts[7] =
      imul(place.name, 0x19660d31) +
      imul(place.nameBefore, 0x2545f491) +
      imul(place.soFar, 0x51ed270b) +
      (place.isInText ? 1 : 0);
    for (let view = 0; view < views; view += 1) {
      contexts[view] = imul((contexts[view] ?? 0) + view * 0x632be5a, 0x9e3779b1);
    }
    this.chooseSlots(0);
  }

  /** Before each half of a byte; `half`: the first one. The slots of a half lie together, as memory likes it. */
  chooseSlots(half: number): void {
    for (let view = 0; view < views; view += 1) {
      const hash = imul((this.contexts[view] ?? 0) ^ imul(half, 0x85ebca6b), 0xc2b2ae35);
      this.bases[view] = (view << slotBits) + ((hash >>> (32 - slotBits)) & ~15);
    }
  }
}

function byteAt(history: Uint8Array, at: number): number {
  return history[at] ?? 0;
}
