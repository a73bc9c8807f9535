/** Reads blocks in braces: code, quotations, panels, and the panels that stand for parts which unfold. */
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Macro, ParseInside } from './block-scan';
import { entityAt } from './escape-text';
import { colourOf, panelColours } from './wiki-signs';

export function macroNode(text: string, macro: Macro, inside: ParseInside): AdfNode {
  const body = text.slice(macro.bodyStart, macro.bodyEnd);
  switch (macro.name) {
    case 'code':
      return codeNode(body, languageOf(macro.params));
    case 'noformat':
      return codeNode(body, undefined);
    case 'quote':
      return { type: 'blockquote', content: inside(body, 'blockquote') };
    case 'panel':
      return panelNode(settingsOf(macro.params), body, inside);
  }
}

/** Code shows signs of blocks as words; they are written with a character that nobody sees, so that they end nothing. */
function codeNode(body: string, language: string | undefined): AdfNode {
  const text = body
    .replace(/^[ \t]*\n/, '')
    .replace(/\n$/, '')
    .replaceAll('{\u200b', '{');
  return {
    type: 'codeBlock',
    ...(language === undefined ? {} : { attrs: { language } }),
    ...(text === '' ? {} : { content: [{ type: 'text', text }] }),
  };
}

function languageOf(params: string): string | undefined {
  const settings = settingsOf(params);
  const named = settings.get('language') ?? settings.get('lang');
  const bare = params.split('|').find((param) => param.trim() !== '' && !param.includes('='));
  const language = (named ?? bare)?.trim();
  return language === undefined || !/^[\w+#.-]{1,40}$/.test(language) ? undefined : language;
}

/** Settings by their name in small letters, as `title=...|bgColor=...` gives them. */
function settingsOf(params: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const param of params.split('|')) {
    const at = param.indexOf('=');
    if (at > 0) settings.set(param.slice(0, at).trim().toLowerCase(), decoded(param.slice(at + 1)));
  }
  return settings;
}

function decoded(value: string): string {
  let result = '';
  for (let at = 0; at < value.length; ) {
    const entity = entityAt(value, at);
    result += entity?.text ?? value[at] ?? '';
    at += entity?.length ?? 1;
  }
  return result;
}

/** Border of a panel that stands for a part which unfolds. */
export const expandBorder = { style: 'dashed', color: '#c1c7d0' };

function panelNode(settings: ReadonlyMap<string, string>, body: string, inside: ParseInside): AdfNode {
  const title = settings.get('title') ?? '';
  const isExpand =
    settings.get('borderstyle') === expandBorder.style && settings.get('bordercolor') === expandBorder.color;
  if (isExpand) {
    return { type: 'expand', ...(title === '' ? {} : { attrs: { title } }), content: inside(body, 'expand') };
  }
  const shown = inside(body, 'panel');
  const heading: AdfNode = {
    type: 'paragraph',
    content: [{ type: 'text', text: title, marks: [{ type: 'strong' }] }],
  };
  const content = title.trim() === '' ? shown : [heading, ...shown];
  return { type: 'panel', attrs: panelAttrs(settings.get('bgcolor')), content };
}

function panelAttrs(background: string | undefined): Record<string, unknown> {
  const colour = background === undefined ? undefined : colourOf(background);
  if (colour === undefined) return { panelType: 'info' };
  const known = Object.entries(panelColours).find(([, one]) => one === colour)?.[0];
  return known === undefined ? { panelType: 'custom', panelColor: colour } : { panelType: known };
}
