import { readFileSync, existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import ts from 'typescript';

/** What a page of the docs shows, as files of a projection's folder and of the registry. */
export function codeOfThePage(page: string, folder: string): Map<string, string> {
  const text = readFileSync(page, 'utf8');
  const files = new Map<string, string>();
  for (const [, name, block] of text.matchAll(/^\d\. `([\w.-]+\.ts)`[\s\S]*?```ts\n([\s\S]*?)```/gm)) {
    files.set(`projections/${folder}/${name!}`, block!.replaceAll(/^ {3}/gm, ''));
  }
  const registry = /register it in `(projections\/[\w.]+)`[\s\S]*?```ts\n([\s\S]*?)```/.exec(text);
  files.set(registry![1]!, registry![2]!);
  return files;
}

/**
 * Compiles files as if they stood in the repository, with its own options.
 * @returns what the compiler had to say, nothing when all is well, and the JavaScript by file
 */
export function compileInPlace(files: ReadonlyMap<string, string>): {
  complaints: string[];
  scripts: Map<string, string>;
} {
  const root = process.cwd();
  const texts = new Map([...files].map(([name, text]) => [join(root, name), text]));
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const isThere = host.fileExists.bind(host);
  const read = host.readFile.bind(host);
  host.fileExists = (path) => texts.has(path) || isThere(path);
  host.readFile = (path) => texts.get(path) ?? read(path);
  host.directoryExists = (path) =>
    existsSync(path) ||
    [...texts.keys()].some((file) => `${dirname(file)}${sep}`.startsWith(`${path}${sep}`));
  host.getSourceFile = (path, language) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...texts.keys()], { ...options, noEmit: false }, host);
  const scripts = new Map<string, string>();
  const complaints: ts.Diagnostic[] = [];
  for (const path of texts.keys()) {
    const source = program.getSourceFile(path);
    complaints.push(...ts.getPreEmitDiagnostics(program, source));
    program.emit(source, (written, text) => {
      if (written.endsWith('.js')) scripts.set(path.slice(root.length + 1).replace(/\.ts$/, '.js'), text);
    });
  }
  return {
    complaints: complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    scripts,
  };
}
