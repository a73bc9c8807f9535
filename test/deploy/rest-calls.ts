/** The Jira operations that the source calls, read out of its syntax: what a scope is needed for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface RestCall {
  method: string;
  /** `/rest/api/3/issue/{}/comment`: `{}` stands for anything. */
  path: string;
  /** `src/jira/comments.ts:44` */
  where: string;
}

/** TypeScript files below `src`, relative to `root`. */
export function sourceFiles(root: string): string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name))
    .sort();
}

/** Calls made through `restPath(...)` and the `ask`/`tell` beside it, and through Forge's `route` templates. */
export function restCalls(root: string): RestCall[] {
  const calls: RestCall[] = [];
  for (const file of sourceFiles(root)) {
    const text = readFileSync(join(root, file), 'utf8');
    if (!/\brestPath\(|\broute`/.test(text)) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      const path = pathOf(node);
      if (path !== undefined) {
        const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
        for (const method of methodsOf(node)) calls.push({ method, path, where: `${file}:${line}` });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return calls;
}

function pathOf(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === 'restPath') {
    const parts = node.arguments.map((part) => (ts.isStringLiteral(part) ? part.text : '{}'));
    return `/rest/api/3/${parts.join('/')}`;
  }
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'route')
    return templatePath(node.template);
  return undefined;
}

function templatePath(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text.replace(/\?.*$/, '');
  const spans = template.templateSpans.map((span) => `{}${span.literal.text}`);
  return `${template.head.text}${spans.join('')}`.replace(/\?.*$/, '');
}

/** The `method` beside the path; a path kept in a variable is asked for wherever its function names it. */
function methodsOf(node: ts.Node): string[] {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) {
    const body = ts.findAncestor(node, ts.isFunctionLike);
    const uses: string[] = [];
    const visit = (at: ts.Node): void => {
      if (ts.isObjectLiteralExpression(at) && at.properties.some((one) => namesVariable(one, parent))) {
        uses.push(methodIn(at));
      }
      ts.forEachChild(at, visit);
    };
    if (body) visit(body);
    return uses.length > 0 ? uses : ['GET'];
  }
  const request = ts.findAncestor(node, ts.isObjectLiteralExpression);
  return [request ? methodIn(request) : 'GET'];
}

function namesVariable(property: ts.ObjectLiteralElementLike, variable: ts.VariableDeclaration): boolean {
  const name = variable.name.getText();
  if (ts.isShorthandPropertyAssignment(property)) return property.name.text === name;
  return ts.isPropertyAssignment(property) && property.initializer.getText() === name;
}

function methodIn(request: ts.ObjectLiteralExpression): string {
  for (const property of request.properties) {
    if (ts.isPropertyAssignment(property) && property.name.getText() === 'method') {
      const { initializer } = property;
      if (ts.isStringLiteral(initializer)) return initializer.text;
      throw new Error(`a method that cannot be read: ${initializer.getText()}`);
    }
  }
  return 'GET';
}
