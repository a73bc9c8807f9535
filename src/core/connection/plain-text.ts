/** Plain text: what strangers call themselves, made harmless to read. */

// Control characters, and those which turn the direction of the text around or are not seen at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** One line without unseen characters, at most `longest` characters; `otherwise` when nothing is left. */
export function plainLine(text: string, longest: number, otherwise: string): string {
  const line = text.replace(unseen, ' ').replace(/\s+/g, ' ').trim().slice(0, longest).trim();
  return line === '' ? otherwise : line;
}

/** Text of several lines without unseen characters, at most `longest` characters; may be empty. */
export function plainText(text: string, longest: number): string {
  const lines = text.split(/\r?\n/).map((line) => plainLine(line, longest, ''));
  return lines.join('\n').trim().slice(0, longest);
}
