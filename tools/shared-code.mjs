// What a projection takes from outside its folder and that decides what it does: of every file that it imports, over
// however many others, those top-level statements that it reaches by name. Without types, comments and layout, which
// decide nothing at run time; a package counts by its version.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import ts from 'typescript';

/**
 * @param root the repository's folder
 * @param declarations absolute paths of `*.projection.ts`
 * @param readFile of a source by absolute path; given by tests that change one
 * @returns {Map<string, Record<string, string>>} per declaration a short hash of what it reaches in each file
 */
export function sharedCode(root, declarations, readFile = (path) => readFileSync(path, 'utf8')) {
  const program = compile(root, declarations, readFile);
  return new Map(declarations.map((declaration) => [declaration, sharedBy(root, declaration, program)]));
}

function sharedBy(root, declaration, program) {
  const checker = program.getTypeChecker();
  const folder = dirname(declaration) + sep;
  const shared = new Map();
  const seen = new Set();
  const queue = [];

  const take = (statement) => {
    if (seen.has(statement)) return;
    seen.add(statement);
    queue.push(statement);
    takeFile(statement.getSourceFile());
  };
  const takeFile = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const statement of file.statements) {
      // What a module does when it is loaded counts as soon as anything of it does.
      if (file.fileName.startsWith(folder) || ts.isExpressionStatement(statement)) take(statement);
    }
  };

  takeFile(program.getSourceFile(declaration));
  for (let statement = queue.shift(); statement; statement = queue.shift()) {
    const code = essence(statement);
    if (code === '') continue;
    const { fileName } = statement.getSourceFile();
    if (!fileName.startsWith(folder)) add(shared, relative(root, fileName), code);
    for (const declared of declarationsIn(statement, checker)) {
      const file = declared.getSourceFile();
      const owner = packageOf(file.fileName);
      if (owner) shared.set(owner.name, new Set([owner.version]));
      else if (!program.isSourceFileDefaultLibrary(file)) take(topLevel(declared));
    }
  }
  const sorted = [...shared].sort(([a], [b]) => (a < b ? -1 : 1));
  // Sorted, so that the way by which each was found does not count.
  return Object.fromEntries(sorted.map(([where, codes]) => [where, shortHash([...codes].sort().join('\n'))]));
}

function add(shared, where, code) {
  const codes = shared.get(where) ?? new Set();
  shared.set(where, codes.add(code));
}

function shortHash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function compile(root, declarations, readFile) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, root);
  const host = ts.createCompilerHost(options, true);
  const plain = host.readFile.bind(host);
  host.readFile = (path) =>
    path.startsWith(root + sep) && !path.includes('node_modules') && existsSync(path)
      ? readFile(path)
      : plain(path);
  host.getSourceFile = (path, language) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language, true);
  };
  return ts.createProgram(declarations, { ...options, types: [] }, host);
}

/** As it runs; empty for what is only a type. */
function essence(statement) {
  if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) return '';
  const { outputText } = ts.transpileModule(statement.getText(), {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  return outputText.replace(/^export \{\};\s*$/m, '').trim();
}

/** Declarations of all names in the statement that stand for values, through whatever re-exports them. */
function declarationsIn(statement, checker) {
  const found = new Set();
  const visit = (node) => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isIdentifier(node)) {
      for (const declared of declarationsOf(node, checker)) found.add(declared);
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

function declarationsOf(name, checker) {
  let symbol = ts.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
  return symbol?.declarations ?? [];
}

function topLevel(node) {
  while (!ts.isSourceFile(node.parent ?? node)) node = node.parent;
  return node;
}

function packageOf(path) {
  const [, name] = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(path) ?? [];
  if (name === undefined || name === 'typescript' || name.startsWith('@types')) return undefined;
  const folder = path.slice(0, path.lastIndexOf(`/node_modules/${name}/`) + `/node_modules/${name}/`.length);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { name: `package ${name}`, version };
}
